"""Tibet's places with their codes of GB/T 2260: the region, seven prefectures, 74 counties, cities and districts.

State of the Ministry of Civil Affairs' list since April 2023, when Milin and Cona became cities (540481, 540581).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place under its present name; `earlier` are full names that it bore before."""

    code: str
    name: str
    earlier: tuple[str, ...] = ()


TIBET = Place("540000", "西藏自治区")

PREFECTURES = (
    Place("540100", "拉萨市"),
    Place("540200", "日喀则市", ("日喀则地区",)),
    Place("540300", "昌都市", ("昌都地区",)),
    Place("540400", "林芝市", ("林芝地区",)),
    Place("540500", "山南市", ("山南地区",)),
    Place("540600", "那曲市", ("那曲地区",)),
    Place("542500", "阿里地区"),
)

COUNTIES = (
    Place("540102", "城关区"),
    Place("540103", "堆龙德庆区", ("堆龙德庆县",)),
    Place("540104", "达孜区", ("达孜县",)),
    Place("540121", "林周县"),
    Place("540122", "当雄县"),
    Place("540123", "尼木县"),
    Place("540124", "曲水县"),
    Place("540127", "墨竹工卡县"),
    Place("540202", "桑珠孜区", ("日喀则地区日喀则市",)),
    Place("540221", "南木林县"),
    Place("540222", "江孜县"),
    Place("540223", "定日县"),
    Place("540224", "萨迦县"),
    Place("540225", "拉孜县"),
    Place("540226", "昂仁县"),
    Place("540227", "谢通门县"),
    Place("540228", "白朗县"),
    Place("540229", "仁布县"),
    Place("540230", "康马县"),
    Place("540231", "定结县"),
    Place("540232", "仲巴县"),
    Place("540233", "亚东县"),
    Place("540234", "吉隆县"),
    Place("540235", "聂拉木县"),
    Place("540236", "萨嘎县"),
    Place("540237", "岗巴县"),
    Place("540302", "卡若区", ("昌都县",)),
    Place("540321", "江达县"),
    Place("540322", "贡觉县"),
    Place("540323", "类乌齐县"),
    Place("540324", "丁青县"),
    Place("540325", "察雅县"),
    Place("540326", "八宿县"),
    Place("540327", "左贡县"),
    Place("540328", "芒康县"),
    Place("540329", "洛隆县"),
    Place("540330", "边坝县"),
    Place("540402", "巴宜区", ("林芝县",)),
    Place("540421", "工布江达县"),
    Place("540423", "墨脱县"),
    Place("540424", "波密县"),
    Place("540425", "察隅县"),
    Place("540426", "朗县"),
    Place("540481", "米林市", ("米林县",)),
    Place("540502", "乃东区", ("乃东县",)),
    Place("540521", "扎囊县"),
    Place("540522", "贡嘎县"),
    Place("540523", "桑日县"),
    Place("540524", "琼结县"),
    Place("540525", "曲松县"),
    Place("540526", "措美县"),
    Place("540527", "洛扎县"),
    Place("540528", "加查县"),
    Place("540529", "隆子县"),
    Place("540531", "浪卡子县"),
    Place("540581", "错那市", ("错那县",)),
    Place("540602", "色尼区", ("那曲县",)),
    Place("540621", "嘉黎县"),
    Place("540622", "比如县"),
    Place("540623", "聂荣县"),
    Place("540624", "安多县"),
    Place("540625", "申扎县"),
    Place("540626", "索县"),
    Place("540627", "班戈县"),
    Place("540628", "巴青县"),
    Place("540629", "尼玛县"),
    Place("540630", "双湖县"),
    Place("542521", "普兰县"),
    Place("542522", "札达县", ("扎达县",)),
    Place("542523", "噶尔县"),
    Place("542524", "日土县"),
    Place("542525", "革吉县"),
    Place("542526", "改则县"),
    Place("542527", "措勤县"),
)

# Short names that are no part of other words: 林周 stands in 桂林周边, 加查 in 增加查询, 八宿 in 第八宿舍.
UNMISTAKABLE = frozenset(
    (
        *("堆龙德庆", "墨竹工卡", "桑珠孜", "南木林", "谢通门", "聂拉木", "类乌齐", "工布江达", "浪卡子"),
        *("当雄", "江孜", "萨迦", "拉孜", "昂仁", "仁布", "仲巴", "萨嘎", "贡觉", "察雅", "左贡", "芒康", "洛隆"),
        *("巴宜", "墨脱", "波密", "察隅", "乃东", "扎囊", "琼结", "洛扎", "嘉黎", "申扎", "班戈", "札达", "革吉"),
        *("措勤", "达孜"),
    )
)
