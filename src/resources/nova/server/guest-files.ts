/** What cloud-init in a server is given along with the user data, so that heat-cfntools find there what they look for. */
export const cloudConfig = `#cloud-config
output: {all: '| tee -a /var/log/cloud-init-output.log'}
`

/** Makes the folders before anything else runs. */
export const bootHook = `#cloud-boothook
#!/bin/sh
umask 077
mkdir -p /var/lib/heat-cfntools /var/lib/cloud/data
`

/** Teaches cloud-init to keep parts of the type text/x-cfninitdata as files. */
export const partHandler = `#part-handler
import os

FOLDERS = ("/var/lib/heat-cfntools", "/var/lib/cloud/data")


def list_types():
    return ["text/x-cfninitdata"]


def handle_part(data, ctype, filename, payload):
    if ctype in ("__begin__", "__end__"):
        return
    content = payload if isinstance(payload, bytes) else payload.encode("utf-8")
    for folder in FOLDERS:
        if not os.path.isdir(folder):
            os.makedirs(folder, 0o700)
        path = os.path.join(folder, os.path.basename(filename))
        with open(path, "wb") as kept:
            kept.write(content)
        os.chmod(path, 0o700 if filename == "cfn-userdata" else 0o600)
`

/** Runs the user data, if they are a script, and keeps what they say in a log. */
export const runUserData = `#!/bin/sh
umask 077
script=/var/lib/cloud/data/cfn-userdata
log=/var/log/heat-provision.log
[ "$(head -c 2 "$script" 2>/dev/null)" = '#!' ] || exit 0
echo "Provision began: $(date -u +%FT%TZ)" >>"$log"
"$script" >>"$log" 2>&1
code=$?
echo "Provision done: $(date -u +%FT%TZ), exit code $code" >>"$log"
date -u +%FT%TZ >/var/lib/heat-cfntools/provision-finished
exit $code
`
