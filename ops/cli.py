"""Entry point of the `kaohe` command. Commands that run nameko in this process are patched before anything else is imported."""

import sys
import warnings

GREEN = ("up", "service", "replay")


def main() -> None:
    if sys.argv[1:2] and sys.argv[1] in GREEN:
        # It announces its maintenance mode; nameko needs it, and it stays at the edge (docs/decisions).
        warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
        import eventlet

        eventlet.monkey_patch()
    from ops.commands import kaohe

    kaohe()


if __name__ == "__main__":
    main()
