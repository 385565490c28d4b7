"""Headings of tables and the words that people read, in Chinese and English; keys stay as they are in JSON and CSV."""

from crawler.config import Language

CHINESE = {
    "id": "编号", "published": "发布时间", "published_on": "发布日期", "title": "标题", "url": "网址",
    "source": "来源", "channel": "栏目", "bucket": "报告口径分类", "notice_type": "信息类型", "type": "信息类型",
    "area": "重点领域", "region": "地区", "year": "年份", "month": "月份", "document": "文件组", "capture": "捕获",
    "n": "条数", "run": "运行", "started": "开始", "ended": "结束", "scope": "范围", "outcome": "结果",
    "reason": "原因", "postings": "信息条数", "problems": "问题", "wrong": "异常", "job": "任务", "due": "应运行",
    "exit_code": "退出码", "field": "字段", "value": "值", "kind": "种类", "part": "部分", "fetched_at": "抓取时间",
    "status": "状态码", "quality": "质量", "failure": "失败", "digest": "摘要", "size": "大小", "warc": "WARC 文件",
    "position": "位置", "length": "长度", "captures": "捕获数", "name": "名称", "text": "文本", "claim": "申报数",
    "verdict": "结论", "low": "下限", "high": "上限", "definition": "口径", "at": "时间", "agreed": "一致",
    "number": "序号", "key": "页面键", "step": "步骤", "seen_at": "见到时间", "fingerprint": "指纹",
    "first_seen": "首次见到", "last_seen": "最后见到", "issuer": "发布机构", "index_number": "索引号",
    "document_number": "文号", "void": "作废", "type_rule": "类型依据", "area_rule": "领域依据",
    "bucket_rule": "口径依据", "lot": "标段", "round": "次数", "revisions": "修订", "count": "数量",
    "stated_total": "门户自报", "stated_pages": "自报页数", "walked": "走完所见", "seen": "曾列出", "held": "存有",
    "what": "何事", "detail": "详情", "day": "日", "cause": "原因类别", "difference": "增减", "posting": "信息编号",
    "before": "此前", "after": "此后", "other": "另一条", "other_title": "另一条标题", "by": "决定人",
    "subject": "对象", "in_force": "有效", "note": "说明",
    "rule": "依据", "sentence": "原文", "why": "关联依据", "linked_to": "关联到", "supersedes": "取代",
    "process": "流程", "grp": "组", "group": "组", "place": "位于", "bytes": "字节范围", "record": "WARC 记录",
    "written": "页面写法", "proof": "核验命令", "start": "起", "end": "止", "encoding": "压缩", "charset": "字符集",
}  # fmt: skip


def heading(column: str, language: Language) -> str:
    """The column's heading: "年份 year" when both languages are asked for."""
    chinese = CHINESE.get(column)
    if chinese is None or language is Language.ENGLISH:
        return column
    return chinese if language is Language.CHINESE else f"{chinese} {column}"
