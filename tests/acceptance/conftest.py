"""Outputs that many tests look at are written once."""

import pytest

import naughty as naughty_landlord
import support


@pytest.fixture(scope="session")
def outputs(tmp_path_factory):
    """The output of every landlord of the fixtures, by the name of its folder."""
    home = tmp_path_factory.mktemp("outputs")
    return {
        case: support.convert(
            home / case, support.inputs(case), support.FIXTURES / case / "profile.toml"
        )
        for case in support.LANDLORDS
    }


@pytest.fixture(scope="session")
def batch(tmp_path_factory):
    """The output of the batch of all landlords but Riverside."""
    out = tmp_path_factory.mktemp("batch") / "out"
    return support.convert_batch(out, support.FIXTURES / "sector_batch" / "sector.toml")


@pytest.fixture(params=[*support.LANDLORDS, "batch"])
def output(request):
    """Each of these outputs in turn."""
    if request.param == "batch":
        return request.getfixturevalue("batch")
    return request.getfixturevalue("outputs")[request.param]


@pytest.fixture(scope="session")
def naughty(tmp_path_factory):
    """The output of a landlord of naughty strings."""
    return naughty_landlord.convert(tmp_path_factory.mktemp("naughty"))
