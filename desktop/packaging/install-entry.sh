#!/bin/sh
# Puts the menu entry, the icon and the kind of file in place for one user. The command itself comes by pipx.
set -eu
here=$(CDPATH= cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
put() {
    mkdir -p "$(dirname "$2")"
    cp "$1" "$2"
}
put "$here/legation.desktop" "$share/applications/legation.desktop"
put "$here/legation.metainfo.xml" "$share/metainfo/legation.metainfo.xml"
put "$here/legation.mime.xml" "$share/mime/packages/legation.xml"
put "$here/../../resources/icons/legation.svg" "$share/icons/hicolor/scalable/apps/legation.svg"
for command in "update-mime-database $share/mime" "update-desktop-database $share/applications"; do
    if command -v "${command%% *}" >/dev/null 2>&1; then
        "${command%% *}" "${command#* }" || true
    fi
done
echo "Legation is in the menu."
