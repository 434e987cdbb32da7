import { Banner } from "../design/banner";
import { Button } from "../design/button";
import { useText } from "../design/text";
import { install } from "./install";
import { offlineText } from "./offline_text";
import { useInstallWay } from "./use_install_way";

/** Offers to install the app, or says how; nothing where it cannot be or is already. */
export function InstallOffer() {
  const t = useText(offlineText);
  const way = useInstallWay();
  if (way === "none") return null;
  return (
    <Banner
      icon="download"
      title={t.installTitle}
      action={
        way === "prompt" ? (
          <Button size="s" variant="primary" onPress={() => void install()}>
            {t.install}
          </Button>
        ) : undefined
      }
    >
      {way === "prompt" ? t.installText : t.installByHand}
    </Banner>
  );
}
