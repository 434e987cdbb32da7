"""Whatever packets the network between people and the server loses, delays or puts out of order, and however long it is
cut, no acknowledged message is missing, none is doubled, and everybody goes on when it is whole again."""

import os
import random
import subprocess
import time
import unittest
import unittest.mock

from fault_world import FaultWorld, either
from lossy_wire import SERVER_ADDRESS, LossyWire, NoNetworks
from programs import Server

SEED = 20262


class LostPackets(FaultWorld):
    def prepare(self):
        try:
            self.wire = LossyWire(SEED)
        except NoNetworks as refusal:
            self.skipTest(f"networks of our own are not allowed here: {refusal}")
        self.addCleanup(self.wire.close)
        self.key, self.certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", f"/CN={SERVER_ADDRESS}", "-addext", f"subjectAltName=IP:{SERVER_ADDRESS}",
                        "-keyout", self.key, "-out", self.certificate], capture_output=True, check=True)
        # Beyond its own machine nobody speaks to a server without TLS.
        trusted = unittest.mock.patch.dict(os.environ, SSL_CERT_FILE=str(self.certificate))
        trusted.start()
        self.addCleanup(trusted.stop)

    def more_settings(self):
        return {"SOTTO_TLS_CERTIFICATE": str(self.certificate), "SOTTO_TLS_PRIVATE_KEY": str(self.key)}

    def make_server(self):
        return Server(self.folder, scheme="https", host=SERVER_ADDRESS, prefix=self.wire.server_prefix)

    def spoil(self, loss, delay_seconds=(0.0, 0.0)):
        self.wire.loss = loss
        self.wire.delay_seconds = delay_seconds

    def acknowledged_when_still(self):
        """What was read from the wire before it was cut may still arrive, on a busy machine late."""
        for _ in range(20):
            before = self.acknowledged()
            time.sleep(0.5)
            if self.acknowledged() == before:
                break
        return before

    def test_packets_that_are_lost_late_and_out_of_order(self):
        choose = random.Random(SEED)
        for loss in either((0.1,), (0.05, 0.1, 0.2) * 4):
            self.spoil(loss, (0.0, choose.uniform(0.0, 0.05)))
            until = time.monotonic() + either(3, 30)
            while time.monotonic() < until:
                self.assert_progress()
        self.spoil(0.0)
        self.assertGreater(self.wire.lost, 0)
        self.assert_all_is_well()

    def test_a_network_that_is_cut_and_whole_again(self):
        for seconds in either((3,), (1, 5, 20, 45, 90, 5)):
            self.spoil(1.0)
            before = self.acknowledged_when_still()
            time.sleep(seconds)
            self.assertEqual(self.acknowledged(), before)
            self.spoil(either(0.0, 0.05))
            self.assert_progress()
        self.spoil(0.0)
        self.assert_all_is_well()


if __name__ == "__main__":
    unittest.main()
