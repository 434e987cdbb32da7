import { useState } from "react";
import { Redirect } from "wouter";
import { Banner } from "../../design/banner";
import { useText } from "../../design/text";
import { useSession } from "../../engine/session";
import { type Destination, destinationIn, keepDestination, keptDestination } from "./kept_invitation";
import { OnboardingPage, Way, Ways } from "./onboarding_page";
import { onboardingText } from "./onboarding_text";
import { WelcomePage } from "./welcome_page";

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
  // Read before anything leads on: a person's link leads to the conversation with them.
  const [destination] = useState(takeDestination);

  if (session.state === "starting") return <WelcomePage />;
  if (session.state === "registering") return <Redirect to="/start/register" replace />;
  if (session.state === "logged_out") return <Redirect to="/start/sign-in" replace />;
  if (session.state === "logged_in") return <Redirect to={destination ? "/start/first" : "/"} replace />;
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
