"""The commands of `kaohe`. Each is imported when it is asked for, so that none pays for the others."""

from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "up": ("ops.up", "启动整套系统（单进程，内置数据库）/ start everything in one process"),
    "demo": ("ops.demo.command", "装入示范分局 / load the demo bureau into a running system"),
    "simulate-year": ("ops.simulation.command", "模拟一个考核年度 / drive a whole cycle through the API"),
    "migrate": ("ops.migrating", "建立或升级数据库结构 / bring the database's schemas up to date"),
    "database-roles": (
        "ops.database_roles",
        "各进程的数据库角色 / a database role for each process, apart from the owner",
    ),
    "broker": ("ops.broker.command", "消息服务的账号 / accounts of the processes at the broker"),
    "draw-secrets": ("ops.drawing", "抽取新安装的口令与密钥 / draw the secrets of a new installation"),
    "service": ("ops.serving", "运行一个服务进程 / run one service"),
    "gateway": ("ops.gateway", "运行网关进程 / run the gateway under gunicorn"),
    "live": ("ops.live", "实时提示与通知发送 / hints for pages, and what carries notices out"),
    "accounts": ("ops.accounts", "账号管理 / list, create, reset accounts"),
    "dead-letters": ("ops.dead_letters", "死信管理 / events that could not be handled"),
    "replay": ("ops.replaying", "重建一个服务的数据 / rebuild a service from the others' state"),
    "score": ("ops.scoring", "核算的复算与比较 / recompute and compare runs"),
    "report": ("ops.reports.command", "跨年度、跨分局的报表 / reports over many years and bureaus"),
    "evidence": ("ops.evidence", "佐证材料的清理与核对 / clear away and check files of evidence"),
    "reseal": ("ops.resealing", "换用新密钥重新封存投诉人资料 / seal who complained under the newest key"),
    "spot-check": ("ops.spot_checks", "抽查抽取的复核 / verify the draws of spot checks"),
    "authorisation": ("ops.authorisation.command", "打印权限表 / print who may do what"),
    "audit": ("ops.auditing.command", "核验、锚定审计链 / prove and anchor the audit trails"),
    "backup": ("ops.backup.point_in_time", "备份与恢复 / back up and restore the whole installation"),
    "settings": ("ops.listing", "列出全部设置 / list every environment variable"),
}


class Commands(click.Group):
    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[name][0]).command
        return command

    def invoke(self, context: click.Context) -> Any:
        """Invoke the command: what an operator can put right is told in one line, without a traceback."""
        from shared.embedded.unprivileged import PostgresProblem
        from shared.settings import SettingError

        try:
            return super().invoke(context)
        except (SettingError, PostgresProblem) as error:
            raise click.ClickException(str(error)) from error

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kaohe")
def kaohe() -> None:
    """考核 Kaohe：市场监管机关电子绩效考核 / electronic performance appraisal for a market-supervision bureau."""
