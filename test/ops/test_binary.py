"""The programs are built to withstand what a mistake in them would let in (threat 39): position-independent, read-only after
the start, guarded stacks, checked calls, and marked targets of jumps."""

import re
import unittest

from tools import OpsTest
from programs import PROGRAMS


class Binary(OpsTest):
    def each(self, *command):
        """What the tool says of each program."""
        tool = self.tool(command[0])
        return [self.succeed(tool, *command[1:], PROGRAMS / name) for name in ("sottod", "sotto")]

    def test_position_independent_and_read_only(self):
        for text in self.each("readelf", "-hldW"):
            self.assertRegex(text, r"Type: +DYN")
            self.assertRegex(text, r"FLAGS_1\) +Flags: .*\bNOW\b.*\bPIE\b")
            self.assertRegex(text, r"\(FLAGS\) .*BIND_NOW")
            self.assertIn("GNU_RELRO", text)
            self.assertRegex(text, r"GNU_STACK .* RW +0x", "the stack is not executable")
            self.assertNotIn("TEXTREL", text)
            self.assertNotRegex(text, r"\((RPATH|RUNPATH)\)", "libraries come from the system alone")
            segments = re.findall(r"^ +LOAD .* ([RWE ]{3}) 0x", text, re.MULTILINE)
            self.assertGreater(len(segments), 2)
            self.assertFalse([flags for flags in segments if "W" in flags and "E" in flags], "written or executed, not both")

    def test_stacks_are_guarded_and_calls_checked(self):
        for text in self.each("readelf", "--dyn-syms", "-W"):
            self.assertIn("__stack_chk_fail", text)
            self.assertRegex(text, r"__\w+_chk@")

    def test_targets_of_jumps_are_marked_and_large_frames_probed(self):
        for text in self.each("objdump", "-d", "--no-show-raw-insn"):
            if "x86-64" not in text.split("\n\n", 1)[0]:
                self.skipTest("only on x86-64")
            self.assertGreater(text.count("endbr64"), 1_000)
            # -fstack-clash-protection touches each page of a large frame.
            self.assertRegex(text, r"orq +\$0x0,\(%rsp\)|orq +\$0x0,0x[0-9a-f]+\(%rsp\)")


if __name__ == "__main__":
    unittest.main()
