# System packages: by apt as root, or resolved, fetched and unpacked under .local/sysroot without root.
SYSROOT="$L/sysroot"
TRIPLET=$(uname -m)-linux-gnu

as_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
  [ -n "$(ls /var/lib/apt/lists/*_Packages* 2>/dev/null)" ] || apt-get update -qq
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends "$@" >"$L/apt.log" 2>&1 || {
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$@" >"$L/apt.log" 2>&1
  } || fail "apt-get install failed: see .local/apt.log"
}

have_libraries() {
  "$V/bin/python" -W ignore -c 'from weasyprint.text import ffi' >/dev/null 2>&1 && command -v msgfmt >/dev/null &&
    ls /usr/lib/"$TRIPLET"/libharfbuzz-subset.so.0 "$SYSROOT"/usr/lib/"$TRIPLET"/libharfbuzz-subset.so.0 2>/dev/null | grep -q .
}

# libatomic1 is wanted by the node inside the playwright wheel
have_browser() {
  command -v "${CHROMIUM:-chromium}" >/dev/null &&
    "$V"/lib/python3*/site-packages/playwright/driver/node --version >/dev/null 2>&1
}

sysroot_use() {
  [ -d "$SYSROOT/usr" ] || return 0
  LD_LIBRARY_PATH="$SYSROOT/usr/lib/$TRIPLET:$SYSROOT/usr/lib/$TRIPLET/pulseaudio:$SYSROOT/lib/$TRIPLET${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  FONTCONFIG_FILE="$SYSROOT/fonts.conf"
  XDG_DATA_DIRS="$SYSROOT/usr/share:/usr/share"
  PATH="$PATH:$SYSROOT/usr/bin"
  export LD_LIBRARY_PATH FONTCONFIG_FILE XDG_DATA_DIRS PATH
  [ ! -x "$SYSROOT/usr/lib/chromium/chromium" ] ||
    export CHROMIUM="$SYSROOT/usr/lib/chromium/chromium" CHROMIUM_NO_SANDBOX=1
}

sysroot_install() {
  APT="$SYSROOT/apt"
  mkdir -p "$APT/lists/partial" "$APT/cache/archives/partial" "$APT/deb"
  OPTIONS="-o Dir::State=$APT -o Dir::State::lists=$APT/lists -o Dir::State::status=/var/lib/dpkg/status
    -o Dir::Cache=$APT/cache -o Debug::NoLocking=1 -o APT::Sandbox::User=$(id -un)"
  apt-get $OPTIONS -qq update
  (
    cd "$APT/deb"
    apt-get $OPTIONS -y --no-install-recommends --print-uris install "$@" |
      sed -n "s/^'\([^']*\)'.* \([^ ]*\)_.*_.*\.deb .*/\2/p" | sort -u | xargs apt-get $OPTIONS -qq download
    for DEB in *.deb; do dpkg-deb -x "$DEB" "$SYSROOT"; done
    rm -f ./*.deb
  )
  printf '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s</dir><dir>/usr/share/fonts</dir><cachedir>%s</cachedir></fontconfig>' \
    "$SYSROOT/usr/share/fonts" "$SYSROOT/fc-cache" >"$SYSROOT/fonts.conf"
}
