"""案卷: everything of one case in one PDF, for 行政复议 and 行政诉讼."""

from shared.contracts.complaints.cases import OneCase
from shared.contracts.operations import Family

packs = Family("complaints", "case_packs", "案卷 the whole file of a case in one PDF")

collect_pack = packs.get(
    "/cases/<case>/pack",
    "collect_pack",
    OneCase,
    None,
    may="may_open_pack",
    looks="may_open_pack",
    mounted=False,
)("案卷打印 a case with its history, what was told, its papers and attachments, indexed and numbered through")
