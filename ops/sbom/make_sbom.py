#!/usr/bin/env python3
"""Lists what the programs and the web app are made of, as CycloneDX 1.5 in JSON, on standard output.

    make_sbom.py [--bin build/release/bin]

- libraries that a program needs at run time: read from the programs, with the Debian package and version they come from;
- libraries that are compiled into them (headers only): the -dev packages that the build names in ./dev;
- packages that are bundled into the web app: those of package-lock.json that it reaches by `dependencies`.
The same sources, programs and packages give the same octets.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = ("sottod", "sotto")
# Of the -dev packages that ./dev installs those of which nothing is left at run time but what was compiled in.
COMPILED_IN = ("libboost1.81-dev", "libcli11-dev", "libtomlplusplus-dev")


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def version():
    return re.search(r"project\(sotto VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text()).group(1)


def distribution():
    facts = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', pathlib.Path("/etc/os-release").read_text(), re.MULTILINE))
    return f"{facts['ID']}-{facts.get('VERSION_ID', 'rolling')}"


def libraries_of(program):
    """The files of all shared libraries that are loaded with a program, those of libraries too."""
    lines = output_of("ldd", str(program)).splitlines()
    return sorted({pathlib.Path(line.split("=>")[1].split()[0]) for line in lines if "=> /" in line})


def spellings_of(path):
    """The names under which a package may know a file: directories were merged, and links lead to files."""
    bare = str(path).removeprefix("/usr")
    return {str(path), str(path.resolve()), bare, "/usr" + bare}


def packages_of(paths):
    """The packages that the files belong to. One question for all, because each reads the lists of every package."""
    asked = sorted({spelling for path in paths for spelling in spellings_of(path)})
    found = subprocess.run(["dpkg-query", "-S", *asked], capture_output=True, text=True).stdout.splitlines()
    owners = {}
    for line in found:
        package, _, file = line.partition(": ")
        owners[file] = package.split(",")[0]
    packages = set()
    for path in paths:
        known = [owners[spelling] for spelling in spellings_of(path) if spelling in owners]
        if not known:
            raise SystemExit(f"make_sbom.py: no package has {path}")
        packages.add(known[0])
    return sorted(packages)


def licenses_of(package):
    """What the package's own statement of copyright names, in its words."""
    path = pathlib.Path("/usr/share/doc") / package.split(":")[0] / "copyright"
    if not path.exists():
        return []
    names = sorted({name.strip() for name in re.findall(r"^License: *(\S.*)$", path.read_text(errors="replace"), re.MULTILINE)})
    return [{"license": {"name": name}} for name in names]


def debian_component(package, role):
    form = "${Package}\\t${Version}\\t${Architecture}\\t${source:Package}"
    name, number, architecture, source = output_of("dpkg-query", "-W", f"-f={form}", package).split("\t")
    purl = f"pkg:deb/debian/{name}@{number.replace('+', '%2B').replace(':', '%3A')}?arch={architecture}&distro={distribution()}"
    return {
        "type": "library", "bom-ref": purl, "name": name, "version": number, "scope": "required", "purl": purl,
        "licenses": licenses_of(package),
        "properties": [{"name": "sotto:role", "value": role}, {"name": "sotto:source-package", "value": source}],
    }


def npm_component(path, entry):
    name = entry.get("name", path.rpartition("node_modules/")[2])
    purl = f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}"
    component = {
        "type": "library", "bom-ref": purl, "name": name, "version": entry["version"], "scope": "required", "purl": purl,
        "properties": [{"name": "sotto:role", "value": "bundled into the web app"}],
    }
    if "license" in entry:
        component["licenses"] = [{"expression": entry["license"]}]
    algorithm, _, digest = entry.get("integrity", "").partition("-")
    if algorithm == "sha512":
        component["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(digest).hex()}]
    return component


def place_of(packages, name, start):
    """Where `name` is found from the package at `start`, as Node looks for it: in its own folder, and then upwards."""
    folder = start
    while True:
        candidate = f"{folder}/node_modules/{name}" if folder else f"node_modules/{name}"
        if candidate in packages:
            return packages[candidate]["resolved"] if packages[candidate].get("link") else candidate
        if not folder:
            return None
        folder = folder.rpartition("/node_modules/")[0] if "/node_modules/" in folder else ""


def bundled_packages():
    """What the web app reaches by `dependencies`, which is what can get into its bundle."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    reached, waiting = set(), ["apps/web"]
    while waiting:
        path = waiting.pop()
        for name in packages[path].get("dependencies", {}):
            found = place_of(packages, name, path)
            if found and found not in reached:
                reached.add(found)
                waiting.append(found)
    return [npm_component(path, packages[path]) for path in sorted(reached) if "node_modules/" in path]


def unique(components):
    return sorted({component["bom-ref"]: component for component in components}.values(), key=lambda one: one["bom-ref"])


def make(folder):
    linked, parts, dependencies = {}, [], []
    for program in PROGRAMS:
        packages = packages_of(libraries_of(folder / program))
        linked[program] = [debian_component(package, "linked at run time") for package in packages]
        parts += linked[program]
    compiled = [debian_component(package, "compiled in") for package in COMPILED_IN]
    bundled = bundled_packages()
    components = unique(parts + compiled + bundled)
    root = f"pkg:generic/sotto@{version()}"
    applications = []
    for name, uses in [*((program, linked[program] + compiled) for program in PROGRAMS), ("sotto-web", bundled)]:
        applications.append({"type": "application", "bom-ref": f"{root}#{name}", "name": name, "version": version()})
        dependencies.append({"ref": f"{root}#{name}", "dependsOn": [one["bom-ref"] for one in unique(uses)]})
    dependencies.insert(0, {"ref": root, "dependsOn": [one["bom-ref"] for one in applications]})
    content = {
        "metadata": {"component": {"type": "application", "bom-ref": root, "name": "sotto", "version": version()}},
        "components": applications + components,
        "dependencies": dependencies,
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.5",
        "serialNumber": uuid.UUID(digest[:32], version=4).urn, "version": 1, **content,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/release/bin")
    options = parser.parse_args()
    missing = [program for program in PROGRAMS if not (options.bin / program).exists()]
    if missing:
        raise SystemExit(f"make_sbom.py: {', '.join(missing)} not found in {options.bin}; build first")
    json.dump(make(options.bin), sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
