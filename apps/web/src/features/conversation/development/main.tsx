import "../../../design/tokens.css";
import "../../../design/base.css";
import { createRoot } from "react-dom/client";
import { Route, Switch } from "wouter";
import { ToastRegion } from "../../../design/toast";
import { EngineProvider } from "../../../engine/session";
import { ConversationInfoScreen, ConversationScreen, ThreadScreen } from "../conversation_screen";
import { idOf, SampleHome, sampleMessage, sampleSummary } from "./sample_home";
import { everyKindOfLine, manyLines } from "./sample_lines";

const options = new URLSearchParams(location.search);
const now = Date.now();
const home = new SampleHome();
home.put(
  sampleSummary({ conversation: idOf(2), kind: "group", title: "Chor", peer: idOf(0), peer_name: "" }),
  everyKindOfLine(now),
);
home.put(sampleSummary({ timer_ms: 7 * 86_400_000 }), everyKindOfLine(now).slice(6));
home.put(sampleSummary({ conversation: idOf(3), verification: "changed" }), everyKindOfLine(now).slice(6, 10));
const many = Number(options.get("lines") ?? 2_000);
home.put(
  sampleSummary({
    conversation: idOf(4),
    kind: "group",
    title: "Lang",
    peer: idOf(0),
    peer_name: "",
    unread: Number(options.get("unread") ?? 0),
  }),
  manyLines(many, now),
);
document.documentElement.dataset["theme"] = options.get("theme") ?? "light";
Object.assign(globalThis, { home, sampleMessage, idOf });
const to = options.get("to");
if (to) history.replaceState(null, "", to);

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <EngineProvider client={home.client}>
      <div style={{ height: "100dvh", display: "grid" }}>
        <Switch>
          <Route path="/c/:conversation/info" component={ConversationInfoScreen} />
          <Route path="/c/:conversation/thread/:message" component={ThreadScreen} />
          <Route path="/c/:conversation" component={ConversationScreen} />
        </Switch>
      </div>
      <ToastRegion />
    </EngineProvider>,
  );
}
