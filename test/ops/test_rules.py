"""The alert rules are valid and fire when they should and only then; every number that rules, dashboard and documentation
name is one that the server gives."""

import json
import re
import unittest

from tools import OPS, OpsTest, REPOSITORY

NAME = re.compile(r"\b(?:sotto|process)_[a-z_]+\b")
SUFFIXES = re.compile(r"_(bucket|sum|count)$")


class Rules(OpsTest):
    def test_rules_and_configuration_are_valid(self):
        promtool = self.tool("promtool")
        self.succeed(promtool, "check", "rules", OPS / "prometheus/alerts.yml")
        self.succeed(promtool, "check", "config", OPS / "prometheus/prometheus.yml")

    def test_rules_fire_when_they_should(self):
        self.succeed(self.tool("promtool"), "test", "rules", "alerts_test.yml", cwd=OPS / "prometheus")

    def test_every_rule_has_a_test(self):
        rules = re.findall(r"alert: (\w+)", (OPS / "prometheus/alerts.yml").read_text())
        tests = (OPS / "prometheus/alerts_test.yml").read_text()
        self.assertGreater(len(rules), 10)
        for rule in rules:
            self.assertIn(rule, tests)

    def test_the_page_of_metrics_is_well_formed(self):
        promtool = self.tool("promtool")
        page = self.metrics_of(self.serve(SOTTO_BACKUP_DIRECTORY=str(self.folder / "backups")))
        self.succeed(promtool, "check", "metrics", input=page)


class Names(OpsTest):
    def setUp(self):
        super().setUp()
        page = self.metrics_of(self.serve(SOTTO_BACKUP_DIRECTORY=str(self.folder / "backups")))
        self.given = set(re.findall(r"^# TYPE (\S+)", page, re.MULTILINE))

    def assert_given(self, text, place):
        named = {SUFFIXES.sub("", name) if name not in self.given else name for name in NAME.findall(text)}
        self.assertGreater(len(named), 5, place)
        self.assertEqual(named - self.given, set(), f"{place} names what the server does not give")

    def test_rules_dashboard_and_documentation_name_what_there_is(self):
        self.assert_given((OPS / "prometheus/alerts.yml").read_text(), "alerts.yml")
        dashboard = json.loads((OPS / "grafana/sotto.json").read_text())
        expressions = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
        self.assertEqual(len({panel["id"] for panel in dashboard["panels"]}), len(dashboard["panels"]))
        self.assert_given("\n".join(expressions), "sotto.json")
        documentation = (REPOSITORY / "docs/operations.md").read_text()
        section = documentation[documentation.index("## Metrics") :]
        section = section[: section.index("\n## ", 3)]
        self.assert_given(section, "operations.md")
        self.assertEqual(self.given - set(NAME.findall(section)), set(), "operations.md tells of every number")


if __name__ == "__main__":
    unittest.main()
