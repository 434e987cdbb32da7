"""Invitations and shared history with the real programs: by a link, by approval, and what a newcomer reads."""

import json
import unittest

from programs import parse_lines, texts_of
from world import World


class Groups(World):
    def setUp(self):
        super().setUp()
        self.carol = self.device("carol").registered()

    def invite(self, *options):
        return self.alice.read("group", "invite", "Team", *options)

    def joined(self, device):
        """Waits until the device that let this one in has given what it owes."""
        self.alice.run("listen", "--timeout", "2")
        device.run("listen", "--timeout", "2")
        return device.succeed("group", "list")

    def test_a_link_brings_somebody_in_who_reads_what_was_written_before(self):
        self.alice.succeed("group", "create", "Team", "bob", "--share-history")
        self.alice.send("#Team", "before carol")
        invitation = self.invite("--uses", "1")
        self.assertTrue(invitation["link"].startswith("sotto-group:"))
        self.assertFalse(self.carol.read("group", "join", invitation["link"])["waits_for_approval"])
        self.assertIn("Team", self.joined(self.carol))
        self.assertIn("before carol", texts_of(self.carol.history("#Team")))
        self.assertEqual(parse_lines(self.alice.succeed("group", "invitations", "Team", "--json")), [])
        self.assert_fails(self.device("dave").registered().run("group", "join", invitation["link"]), 1)

    def test_who_asks_is_let_in_or_turned_down(self):
        self.alice.succeed("group", "create", "Team", "bob")
        self.alice.send("#Team", "before carol")
        link = self.invite("--approval")["link"]
        self.assertTrue(self.carol.read("group", "join", link)["waits_for_approval"])
        self.assertIn("carol", self.alice.succeed("group", "requests", "Team"))
        self.alice.succeed("group", "decline", "Team", "carol")
        self.assertIn("Nobody", self.alice.succeed("group", "requests", "Team"))
        self.carol.succeed("group", "join", link)
        self.alice.succeed("group", "approve", "Team", "carol")
        self.assertIn("Team", self.joined(self.carol))
        self.assertNotIn("before carol", texts_of(self.carol.history("#Team")))

    def test_a_revoked_link_and_what_is_none_are_refused(self):
        self.alice.succeed("group", "create", "Team", "bob")
        done = self.alice.succeed("group", "invite", "Team")
        self.assertIn("sotto group join sotto-group:", done)
        invitation = json.loads(self.alice.succeed("group", "invitations", "Team", "--json"))
        self.alice.succeed("group", "revoke", "Team", invitation["invitation"][:8])
        self.assert_fails(self.carol.run("group", "join", invitation["link"]), 1)
        self.assert_fails(self.carol.run("group", "join", invitation["link"][:-3]), 2)
        self.assert_fails(self.alice.run("group", "invite", "Team", "--approval", "--uses", "3"), 2)
        self.assert_fails(self.bob.run("group", "invite", "Team"), 1)


if __name__ == "__main__":
    unittest.main()
