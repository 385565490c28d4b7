"""The claims that a report states: `claims_in` reads them, `is_annual_report` tells a report by its title."""

from pipeline.report.found import is_annual_report
from pipeline.report.read import claims_in

__all__ = ["claims_in", "is_annual_report"]
