# The environment of the portal on this machine, for scripts/run and scripts/manage; what is set already stays.
# To be sourced from the project's folder.

export DEMO=${DEMO:-1}
if [ "$DEMO" = 0 ]; then
    # An office's own data lies apart from the demo's.
    export VAR_DIR=${VAR_DIR:-var/office}
    mkdir -p "$VAR_DIR"
    if [ -z "${SECRET_KEY:-}" ]; then
        [ -s "$VAR_DIR/secret-key" ] || (umask 077 && head -c 48 /dev/urandom | base64 --wrap=0 >"$VAR_DIR/secret-key")
        SECRET_KEY=$(cat "$VAR_DIR/secret-key")
        export SECRET_KEY
    fi
    export ALLOWED_HOSTS=${ALLOWED_HOSTS:-localhost,127.0.0.1,[::1]}
    export DATABASE_URL=${DATABASE_URL:-sqlite:///$(realpath "$VAR_DIR")/db.sqlite3}
    export HOST=${HOST:-127.0.0.1}
else
    # The demo accounts' password is public: only this machine may reach it.
    export HOST=127.0.0.1
fi
export PORT=${PORT:-8000}
