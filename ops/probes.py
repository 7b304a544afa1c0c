"""Whether broker and database answer: None, or the reason why not."""

from shared.settings import settings


def broker_answers() -> str | None:
    from shared.messaging.consumer import broker

    try:
        with broker() as connection:
            connection.ensure_connection(max_retries=1, timeout=5)
    except Exception as error:  # whatever keeps it away, we wait
        return f"{type(error).__name__}: {error}"
    return None


def history_is_there(service: str) -> str | None:
    """Tell why the service must not be served: a replay that was killed has set its history aside."""
    from sqlalchemy import text

    from shared.database import engine_for

    engine = engine_for(settings.need("database_url"), pool_size=1)
    try:
        with engine.connect() as connection:
            aside = connection.execute(text("SELECT to_regnamespace(:name)"), {"name": f"{service}_set_aside"}).scalar()
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    finally:
        engine.dispose()
    return None if aside is None else f"a replay did not end: kaohe replay {service}"


def database_answers() -> str | None:
    from sqlalchemy import text

    from shared.database import engine_for

    engine = engine_for(settings.need("database_url"), pool_size=1)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    finally:
        engine.dispose()
    return None
