"""Entry point of the `kaohe` command. Commands that serve in this process are patched before anything else is imported."""

import sys
import warnings

GREEN = (("up",), ("service",), ("live",), ("replay",), ("audit", "watch"), ("backup", "follow"))


def main() -> None:
    # It announces its maintenance mode; nameko needs it, and it stays at the edge (docs/decisions).
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    if any(tuple(sys.argv[1 : 1 + len(one)]) == one for one in GREEN):
        import eventlet

        eventlet.monkey_patch()
    from ops.commands import kaohe

    kaohe()


if __name__ == "__main__":
    main()
