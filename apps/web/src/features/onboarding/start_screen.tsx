import { useEffect, useState } from "react";
import { Link, Redirect, useLocation } from "wouter";
import { Banner } from "../../design/banner";
import { Spinner } from "../../design/progress";
import { useText } from "../../design/text";
import { useSession } from "../../engine/session";
import { type Destination, destinationIn, keepDestination, keptDestination } from "./kept_invitation";
import { OnboardingPage, Way, Ways } from "./onboarding_page";
import { onboardingText } from "./onboarding_text";

/** Takes the destination out of the address, so that no history entry holds an invitation's secret. */
function takeDestination(): Destination | null {
  const found = destinationIn(window.location.hash);
  if (found === null) return keptDestination();
  keepDestination(found);
  window.history.replaceState(window.history.state, "", window.location.pathname);
  return found;
}

function Invited({ destination }: { readonly destination: Destination }) {
  const t = useText(onboardingText);
  return <Banner tone="info">{destination.kind === "invitation" ? t.invited : t.invitedBy(destination.name)}</Banner>;
}

/** What Sotto is, and the ways to begin; or the way back for a device that was signed out. */
export function StartScreen() {
  const session = useSession();
  const t = useText(onboardingText);
  const [path] = useLocation();
  const [destination, setDestination] = useState<Destination | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address may change its fragment alone
  useEffect(() => setDestination(takeDestination()), [path]);

  if (session.state === "starting") {
    return (
      <OnboardingPage title={t.startTitle} lead={t.lead}>
        <Spinner />
      </OnboardingPage>
    );
  }
  if (session.state === "registering") return <Redirect to="/start/register" replace />;
  if (session.state === "logged_out") return <Redirect to="/start/sign-in" replace />;
  if (session.state === "logged_in") {
    // Not before the fragment was read: a person's link leads on to the conversation.
    if (destination !== null) return <Redirect to="/start/first" replace />;
    return (
      <OnboardingPage title={t.startTitle} lead={t.lead}>
        <Link href="/">{t.goOn}</Link>
      </OnboardingPage>
    );
  }
  return (
    <OnboardingPage title={t.startTitle} lead={t.lead} foot={t.server(window.location.host)}>
      {destination && <Invited destination={destination} />}
      <Ways label={t.ways}>
        <Way to="/start/register" icon="person_add" title={t.create} hint={t.createHint} isFirst />
        <Way to="/start/link" icon="qr" title={t.link} hint={t.linkHint} />
        <Way to="/start/restore" icon="key" title={t.restore} hint={t.restoreHint} />
      </Ways>
    </OnboardingPage>
  );
}
