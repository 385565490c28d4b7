"""What a label can say of its value: the facts of a tender and what must be told apart from them."""

from enum import StrEnum


class Role(StrEnum):
    """What a label says of its value. Roles from NAME on need the section or the row that they stand in."""

    PROJECT = "project"
    PROJECT_NO = "project_no"
    PLAN_NO = "plan_no"  # 采购计划编号, 投资项目代码: not the notice's own
    LOT = "lot"
    LOT_NAME = "lot_name"
    BUYER = "buyer"
    BUYER_CONTACT = "buyer_contact"  # 招标人联系人及电话: may begin with the name
    AGENCY = "agency"
    AGENCY_CONTACT = "agency_contact"
    PLACE = "place"
    WINNER = "winner"
    SUPPLIER = "supplier"  # 供应商名称, 投标人名称: a winner in an award, a candidate in a list of candidates
    CANDIDATE = "candidate"
    RANK = "rank"
    INDEX = "index"  # 序号
    AWARD = "award"
    PRICE = "price"
    RATE = "rate"
    UNIT_PRICE = "unit_price"
    BUDGET = "budget"
    CAP = "cap"
    LOT_BUDGET = "lot_budget"
    INVESTMENT = "investment"
    FEE = "fee"
    TOTAL_INVESTMENT = "total_investment"
    MANAGER = "manager"
    LEADER = "leader"  # 项目负责人
    SUPERVISOR = "supervisor"  # 总监理工程师
    DESIGNER = "designer"
    ENGINEER = "engineer"  # 建造师, 注册建筑师
    DURATION = "duration"
    DEADLINE = "deadline"
    PUBLICITY = "publicity"
    PUBLICITY_FROM = "publicity_from"
    PUBLICITY_TO = "publicity_to"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    OPENING = "opening"
    REJECTED = "rejected"  # 废标原因, 否决投标: who stands below is no candidate
    RECORD = "record"  # 业绩, 奖项: what stands below is of other projects
    SCORES = "scores"
    NAME = "name"
    PERSON = "person"  # 姓名
    OTHER = "other"  # a label of something that is no fact of ours


PEOPLE = frozenset(
    (Role.MANAGER, Role.LEADER, Role.SUPERVISOR, Role.DESIGNER, Role.ENGINEER)
)  # who leads the work, by whatever name
