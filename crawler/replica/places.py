"""Words that the replica's titles and texts are composed of: Tibet's counties (as of 2014), works, offices, firms."""

from dataclasses import dataclass

PREFECTURES = {
    "拉萨市": "城关区 当雄县 尼木县 曲水县 堆龙德庆县 达孜县 墨竹工卡县 林周县",
    "昌都地区": "昌都县 江达县 贡觉县 类乌齐县 丁青县 察雅县 八宿县 左贡县 芒康县 洛隆县 边坝县",
    "山南地区": "乃东县 扎囊县 贡嘎县 桑日县 琼结县 曲松县 措美县 洛扎县 加查县 隆子县 错那县 浪卡子县",
    "日喀则地区": "南木林县 江孜县 定日县 萨迦县 拉孜县 昂仁县 谢通门县 白朗县 仁布县 康马县 定结县 仲巴县 亚东县"
    " 吉隆县 聂拉木县 萨嘎县 岗巴县",
    "那曲地区": "那曲县 嘉黎县 比如县 聂荣县 安多县 申扎县 索县 班戈县 巴青县 尼玛县 双湖县",
    "阿里地区": "普兰县 札达县 噶尔县 日土县 革吉县 改则县 措勤县",
    "林芝地区": "林芝县 工布江达县 米林县 墨脱县 波密县 察隅县 朗县",
}
COUNTIES = tuple((prefecture, county) for prefecture, names in PREFECTURES.items() for county in names.split())

# Syllables that the names of townships and villages are composed of.
SYLLABLES = "嘎玛达卡尼桑曲多吉仁江龙仓琼岗德旺色雄扎"


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of project: what is built, and the office that has it built."""

    thing: str
    office: str
    local: bool  # in a township rather than in the county town


WORKS = (
    Work("小学教学综合楼建设项目", "教育局", True),
    Work("中心幼儿园建设项目", "教育局", True),
    Work("中学学生宿舍及食堂建设项目", "教育局", False),
    Work("教师周转房建设项目", "教育局", True),
    Work("干部职工周转房建设项目", "住房和城乡建设局", False),
    Work("廉租住房配套基础设施工程", "住房和城乡建设局", False),
    Work("公共租赁住房建设项目", "住房和城乡建设局", False),
    Work("棚户区改造工程", "住房和城乡建设局", False),
    Work("市政道路改扩建工程", "住房和城乡建设局", False),
    Work("县城给水管网改造工程", "住房和城乡建设局", False),
    Work("生活垃圾填埋场工程", "住房和城乡建设局", False),
    Work("污水处理及收集系统工程", "住房和城乡建设局", False),
    Work("县城供暖工程", "住房和城乡建设局", False),
    Work("小城镇基础设施建设项目", "住房和城乡建设局", True),
    Work("卫生院改扩建项目", "卫生局", True),
    Work("人民医院住院楼建设项目", "卫生局", False),
    Work("藏医院制剂楼建设项目", "卫生局", False),
    Work("疾病预防控制中心业务用房建设项目", "卫生局", False),
    Work("乡村公路通达工程", "交通运输局", True),
    Work("公路桥梁改建工程", "交通运输局", True),
    Work("客运站建设项目", "交通运输局", False),
    Work("农村饮水安全工程", "水利局", True),
    Work("中小河流治理工程", "水利局", True),
    Work("灌区渠道续建配套工程", "水利局", True),
    Work("农田整治项目", "国土资源局", True),
    Work("地质灾害治理工程", "国土资源局", True),
    Work("畜产品加工厂建设项目", "农牧局", False),
    Work("草原围栏建设项目", "农牧局", True),
    Work("温室大棚建设项目", "农牧局", True),
    Work("防沙治沙工程", "林业局", True),
    Work("派出所业务用房建设项目", "公安局", True),
    Work("看守所改扩建项目", "公安局", False),
    Work("人民法庭审判用房建设项目", "人民法院", True),
    Work("检察院办案和专业技术用房建设项目", "人民检察院", False),
    Work("综合文化活动中心建设项目", "文化局", False),
    Work("文物库房保护工程", "文物局", False),
    Work("乡镇综合服务中心建设项目", "人民政府", True),
    Work("村级组织活动场所建设项目", "人民政府", True),
    Work("农贸市场建设项目", "商务局", False),
    Work("社会福利院建设项目", "民政局", False),
    Work("敬老院改造项目", "民政局", True),
    Work("旅游景区游客服务中心建设项目", "旅游局", True),
    Work("广播电视发射台站建设项目", "广播电影电视局", False),
    Work("气象观测站业务用房建设项目", "气象局", False),
    Work("便民警务站建设项目", "公安局", False),
)

# What is tendered, its letters in project numbers, and how often.
TASKS = (("施工", "SG", 62), ("监理", "JL", 20), ("勘察设计", "KC", 9), ("材料采购", "CL", 6), ("施工总承包", "ZC", 3))

AGENTS = tuple(f"西藏{name}招标代理有限公司" for name in ("雪域恒信", "岗巴明达", "珠峰诚建", "雅江中衡", "羌塘正源"))
FIRMS = tuple(
    f"{place}{name}{kind}"
    for place in ("西藏", "拉萨", "四川", "青海", "甘肃")
    for name in ("高原", "雪莲", "宏泰", "金桥", "恒远", "昌盛", "天路通", "江河", "瑞丰", "中岳")
    for kind in ("建筑工程有限公司", "建设集团有限公司", "路桥工程有限公司")
)
SURNAMES = "王李张刘陈杨赵黄周吴"
GIVEN = ("建国", "晓梅", "志强", "多吉", "卓玛", "次仁", "旺堆", "永红", "文斌", "拉姆")

NEWS_SUBJECTS = (
    "城镇保障性安居工程",
    "建筑施工安全生产大检查",
    "农村危房改造",
    "城镇供水水质督查",
    "工程质量治理两年行动",
    "建筑市场专项整治",
    "村庄规划编制试点",
    "房地产市场调研",
    "燃气安全专项检查",
    "住房公积金业务培训",
    "城镇生活垃圾无害化处理",
    "农民工工资清欠",
    "抗震设防知识宣传",
    "小城镇规划评审",
    "建设工程造价管理",
)
NEWS_FORMS = (
    "{place}扎实推进{subject}工作",
    "{place}召开{subject}工作会议",
    "自治区住房城乡建设厅赴{place}督导{subject}",
    "{place}{subject}取得阶段性成效",
    "{place}举办{subject}现场观摩活动",
)
NOTICE_FORMS = (
    "关于印发《{place}{subject}实施方案》的通知",
    "关于做好{place}{subject}有关工作的通知",
    "关于开展{place}{subject}情况统计的通知",
    "关于{place}{subject}检查情况的通报",
)
SIGHTS = ("晨光", "秋色", "雪山", "湖畔", "草原", "峡谷", "古村", "星空", "油菜花田", "胡杨林")
BUILT = ("新建广场", "跨江大桥", "安居新村", "滨河步道", "集中供暖锅炉房", "县城新貌", "体育馆", "自来水厂")
