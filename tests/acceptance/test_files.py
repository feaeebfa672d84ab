"""What lies around the tables: permissions, and the description of the package."""

import json
import stat

from support import TABLES


def test_only_the_owner_may_read(output):
    for path in [output.folder, *output.folder.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), f"{path} {mode:o}"


def test_the_package_describes_every_table(output):
    text = (output.folder / "datapackage.json").read_text(encoding="utf-8")
    resources = {resource["name"]: resource for resource in json.loads(text)["resources"]}
    assert sorted(resources.keys() - {"contractor_view"}) == sorted(TABLES)
    for name, resource in resources.items():
        paths = resource["path"]
        for path in [paths] if isinstance(paths, str) else paths:
            file = f"read_parquet('{output.folder / path}', hive_partitioning = false)"
            found = [row[0] for row in output.query(f"describe from {file}")]
            fields = [field["name"] for field in resource["schema"]["fields"]]
            partition = ["landlord"] if "landlord=" in path else []
            assert [name for name in fields if name not in partition] == found, path


def test_nothing_else_is_left(output):
    # A folder aside that outlived its run would lie beside the output.
    beside = [path.name for path in output.folder.parent.iterdir()]
    assert not [name for name in beside if name.startswith(".") or "tmp" in name], beside
