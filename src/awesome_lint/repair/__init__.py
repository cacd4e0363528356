"""Damaged rows, and the intact rows that explain them best."""

from awesome_lint.repair.find import find_repairs
from awesome_lint.repair.model import Cause, Repair
from awesome_lint.repair.reject import repair_rejected

__all__ = ["Cause", "Repair", "find_repairs", "repair_rejected"]
