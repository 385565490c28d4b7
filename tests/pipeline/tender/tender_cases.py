"""Composed notices as portals lay them out, and the facts that they state. No firm, place or number is real."""

from pipeline.model import NoticeType as T

# name, title, type, text, facts as "name[group]=value"
CASES: tuple[tuple[str, str, T, str, tuple[str, ...]], ...] = (
    (
        "labels beside values in one row",
        "甲县乙路改建工程中标公告",
        T.AWARD_RESULT,
        "工程名称\t甲县乙路改建工程\t建设单位\t甲县城投公司\n中标单位\t丙建设有限公司\t中标价（万元）\t356.78\n"
        "建造师\t张三四\t工期\t180天\n招标代理\t丁咨询有限公司\t公示时间\t2014年6月3日至2014年6月5日",
        (
            "project_name=甲县乙路改建工程",
            "buyer=甲县城投公司",
            "region=甲县",
            "winner=丙建设有限公司",
            "award=3567800.00",
            "project_manager=张三四",
            "duration_days=180",
            "agency=丁咨询有限公司",
            "publicity_from=2014-06-03",
            "publicity_to=2014-06-05",
        ),
    ),
    (
        "one cell a line, bars between",
        "[甲县]某水库除险加固工程中标结果公示",
        T.AWARD_RESULT,
        "招标人\n | \n\n 甲县水利局\n | \n\n 工程名称\n | \n\n 某水库除险加固工程\n | \n\n"
        " 招标控制价 | \n\n 元\n | \n\n"
        " 中标人\n | \n\n 乙水利工程有限公司\n | \n\n 中标价\n | \n\n 1234567.89 元\n | \n\n"
        " 项目经理\n | \n\n | \n\n 工期\n | \n\n"
        " 120 天\n | \n\n 公示截止期：2026年03月30日",
        (
            "buyer=甲县水利局",
            "project_name=某水库除险加固工程",
            "winner=乙水利工程有限公司",
            "award=1234567.89",
            "duration_days=120",
            "publicity_to=2026-03-30",
            "region=甲县",
        ),
    ),
    (
        "running sentences",
        "甲县村道硬化工程中标公示",
        T.AWARD_RESULT,
        "甲县村道硬化工程于2014年6月3日在甲县公共资源交易中心开标，经评标委员会评审，确定乙路桥工程有限公司为中标人，"
        "中标价为人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角整（¥1234567.80元），工期90日历天，项目经理：张三丰。\n"
        "招标人：甲县交通运输局\n招标代理机构：丙招标代理有限公司\n二〇一四年六月六日",
        (
            "project_name=甲县村道硬化工程",
            "winner=乙路桥工程有限公司",
            "award=1234567.80",
            "project_manager=张三丰",
            "buyer=甲县交通运输局",
            "agency=丙招标代理有限公司",
            "publish_date=2014-06-06",
            "region=甲县",
        ),
    ),
    (
        "candidates as columns",
        "某绿化项目评标结果公示",
        T.AWARD_CANDIDATES,
        "\t第一中标候选人\t第二中标候选人\n单位名称\t甲园林有限公司\t乙园林有限公司\n投标报价(元)\t1000000.00\t1010000.00\n"
        "项目负责人\t周一一\t吴二二",
        (
            "project_name=某绿化项目",
            "candidate[1]=甲园林有限公司",
            "candidate[2]=乙园林有限公司",
            "price[1]=1000000.00",
            "price[2]=1010000.00",
            "project_manager[1]=周一一",
            "project_manager[2]=吴二二",
        ),
    ),
    (
        "heads in two levels",
        "某学校工程中标候选人公示",
        T.AWARD_CANDIDATES,
        "中标候选人排序\t中标候选人名称\t投标报价（万元）\t工期（日历天）\t拟派项目经理\t\n\t\t\t\t姓名\t证书编号\n"
        "第一名\t甲建筑有限公司\t321.5\t120\t陈一二\t藏123\n第二名\t乙建筑有限公司\t322.5\t120\t林三四\t藏124\n",
        (
            "project_name=某学校工程",
            "candidate[1]=甲建筑有限公司",
            "candidate[2]=乙建筑有限公司",
            "price[1]=3215000.0",
            "price[2]=3225000.0",
            "project_manager[1]=陈一二",
            "project_manager[2]=林三四",
            "duration_days[1]=120",
            "duration_days[2]=120",
        ),
    ),
    (
        "a flattened table, dates and labels cut over lines",
        "某公园工程的中标候选人公示",
        T.AWARD_CANDIDATES,
        "某公园工程\n中标候选人公示\n（公示期：\n2026\n年\n03\n月\n16\n日至\n2026\n年\n03\n月\n18\n日）\n项目标段名称\n某公园工程\n"
        "最高限价\n812345.00元\n招标人\n甲农业发展有限公司\n中标候选人排序\n名称\n投标报价\n(元）\n工期\n拟任\n项目经理\n姓名\n证书编号\n"
        "第一名\n乙建筑工程有限公司\n512345.67\n达到招标文件的要求\n周一一\n渝\n250\n第二名\n丙建设有限公司\n523456.78\n"
        "达到招标文件的要求\n吴二二\n渝\n251\n"
        "中标候选人响应招标文件要求的资格能力条件\n第一中标候选人\n: 乙建筑工程有限公司\n"
        "否决投标情况及理由：丁照明工程有限公司，低于警戒线。",
        (
            "project_name=某公园工程",
            "buyer=甲农业发展有限公司",
            "budget=812345.00",
            "candidate[1]=乙建筑工程有限公司",
            "candidate[2]=丙建设有限公司",
            "price[1]=512345.67",
            "price[2]=523456.78",
            "project_manager[1]=周一一",
            "project_manager[2]=吴二二",
            "publicity_from=2026-03-16",
            "publicity_to=2026-03-18",
        ),
    ),
    (
        "candidates in lines",
        "某桥梁工程中标候选人公示",
        T.AWARD_CANDIDATES,
        "第一中标候选人：甲路桥有限公司，投标报价：1234.56万元，项目经理：李四光（证书编号：湘1）；\n"
        "第二中标候选人：乙路桥有限公司，投标报价：1244.56万元，项目经理：王五一；\n公示期：2014年6月3日至6月9日。\n招标人：丁县交通局",
        (
            "project_name=某桥梁工程",
            "candidate[1]=甲路桥有限公司",
            "candidate[2]=乙路桥有限公司",
            "price[1]=12345600.00",
            "price[2]=12445600.00",
            "project_manager[1]=李四光",
            "project_manager[2]=王五一",
            "publicity_from=2014-06-03",
            "publicity_to=2014-06-09",
            "buyer=丁县交通局",
            "region=丁县",
        ),
    ),
    (
        "lots under headings",
        "甲县廉租住房建设工程施工中标公示",
        T.AWARD_RESULT,
        "第一标段：\n中标单位：乙建筑工程有限公司\n中标价：12345678.90元\n第二标段：\n中标单位：丙建筑工程有限公司\n"
        "中标价：22345678.90元\n建设单位：甲县住房和城乡建设局",
        (
            "project_name=甲县廉租住房建设工程施工",
            "winner=乙建筑工程有限公司",
            "winner=丙建筑工程有限公司",
            "award=12345678.90",
            "award=22345678.90",
            "buyer=甲县住房和城乡建设局",
            "region=甲县",
        ),
    ),
    (
        "a tender notice in sentences",
        "甲市某渠道工程监理招标公告",
        T.TENDER_NOTICE,
        "1.招标条件\n甲市某渠道工程监理已由甲市发展改革委批准建设，招标人为\n甲市水利局\n，建设资金来自财政。\n2.概况\n"
        "项目总投资约3.2亿元，本次招标监理费最高限价为118.6万元。\n5.递交\n投标文件递交的截止时间（投标截止时间，下同）为"
        "2014年6月\n23日9时30分，地点为甲市公共资源交易中心。\n招标编号：ZB2014-08",
        (
            "project_name=甲市某渠道工程监理",
            "project_no=ZB2014-08",
            "buyer=甲市水利局",
            "budget=1186000.0",
            "budget_alt=320000000.0",
            "bid_deadline=2014-06-23T09:30",
            "region=甲市",
        ),
    ),
    (
        "sections whose 名称 is the party's",
        "甲市乙医院设备采购项目中标公告",
        T.AWARD_RESULT,
        "一、项目编号：ZB-2014-001（招标文件编号：ZB-2014-001）\n二、项目名称：甲市乙医院设备采购项目\n三、中标（成交）信息\n"
        "供应商名称：丙医疗器械有限公司\n供应商地址：甲市丁路1号\n中标（成交）金额：123.4560000（万元）\n"
        "1.采购人信息\n名 称：甲市乙医院\n2.采购代理机构信息（如有）\n名 称：\n庚招标有限公司\n",
        (
            "project_name=甲市乙医院设备采购项目",
            "project_no=ZB-2014-001",
            "winner=丙医疗器械有限公司",
            "award=1234560.00",
            "buyer=甲市乙医院",
            "agency=庚招标有限公司",
            "region=甲市",
        ),
    ),
    (
        "an aggregator's glued excerpt",
        "某手术室柜项目的废标公告",
        T.TERMINATION,
        "某手术室柜项目的废标公告 一、项目基本情况采购项目编号：ABCD-00-2014-1"
        "采购项目名称：某手术室柜项目二、项目废标原因"
        "包1:家数不足三、其他补充事宜无",
        ("project_name=某手术室柜项目", "project_no=ABCD-00-2014-1", "lot=1"),
    ),
    (
        "a postponed deadline",
        "某某工程延期公告",
        T.POSTPONEMENT,
        "原投标截止时间：2014年6月3日9时30分，现变更为：2014年6月10日9时30分。\n招标人：甲县文化局",
        ("project_name=某某工程", "bid_deadline=2014-06-10T09:30", "buyer=甲县文化局", "region=甲县"),
    ),
    (
        "traditional script",
        "甲縣某某工程中標公告",
        T.AWARD_RESULT,
        "中標人：甲建設有限公司\n中標價：1000000元",
        ("winner=甲建設有限公司", "award=1000000"),
    ),
)
