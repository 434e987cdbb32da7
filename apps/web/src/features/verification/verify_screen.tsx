import { useEffect, useState } from "react";
import { useParams } from "wouter";
import { useStore } from "zustand";
import { Page } from "../../design/page";
import { useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { verificationText } from "./verification_text";
import { VerifyView } from "./verify_view";
import { createVerifyModel } from "./verify_view_model";

function Verify({ name }: { readonly name: string }) {
  const client = useClient();
  const t = useText(verificationText);
  const [model] = useState(() => createVerifyModel(client, name));
  const snapshot = useStore(model.store);
  useEffect(() => model.start(), [model]);
  return (
    <Page title={t.title(name)} onBack={() => window.history.back()}>
      <VerifyView snapshot={snapshot} actions={model} />
    </Page>
  );
}

/** Verifies the person whom the address names. */
export function VerifyScreen() {
  const { name = "" } = useParams();
  const decoded = decodeURIComponent(name);
  return <Verify key={decoded} name={decoded} />;
}
