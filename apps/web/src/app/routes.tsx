import { type ReactNode, Suspense } from "react";
import { Route, Switch, useParams } from "wouter";
import { Spinner } from "../design/spinner";
import { useText } from "../design/text";
import { ConversationListScreen } from "../features/conversation_list/conversation_list_screen";
import { useConversation } from "../features/conversation_list/conversations_store";
import { appText } from "./app_text";
import { GalleryScreen } from "./gallery_route";
import * as screens from "./screens";
import { EmptyPane } from "./shell/empty_pane";
import { NotFound } from "./shell/not_found";
import styles from "./shell/shell.module.css";

/** What stands in a pane while its screen is loaded. Quiet at first: most loads are too quick to be seen. */
export function Loading() {
  const t = useText(appText);
  return (
    <div className={styles["loading"] ?? ""}>
      <Spinner size={24} label={t.loading} />
    </div>
  );
}

function Lazily({ children }: { readonly children: ReactNode }) {
  return <Suspense fallback={<Loading />}>{children}</Suspense>;
}

function InfoScreen() {
  const { conversation = "" } = useParams();
  const kind = useConversation(conversation)?.kind;
  return kind === "group" || kind === "channel" ? <screens.GroupInfoScreen /> : <screens.ConversationInfoScreen />;
}

/** The left pane. */
export function ListRoutes() {
  return (
    <Lazily>
      <Switch>
        <Route path="/new" component={screens.NewConversationScreen} />
        <Route path="/new/group" component={screens.NewGroupScreen} />
        <Route component={ConversationListScreen} />
      </Switch>
    </Lazily>
  );
}

/** The middle, where conversations are. */
export function MainRoutes() {
  return (
    <Lazily>
      <Switch>
        <Route path="/c/:conversation/*?">
          {({ conversation }) => <screens.ConversationScreen key={conversation} />}
        </Route>
        <Route path="/search" component={screens.SearchScreen} />
        <Route path="/settings/:page?" component={screens.SettingsScreen} />
        <Route path="/verify/:name" component={screens.VerifyScreen} />
        <Route path="/join" component={screens.JoinScreen} />
        <Route path="/" component={EmptyPane} />
        <Route path="/new/*?" component={EmptyPane} />
        <Route component={NotFound} />
      </Switch>
    </Lazily>
  );
}

/** The pane beside a conversation. */
export function SideRoutes() {
  return (
    <Lazily>
      <Switch>
        <Route path="/c/:conversation/info">{({ conversation }) => <InfoScreen key={conversation} />}</Route>
        <Route path="/c/:conversation/thread/:message">{({ message }) => <screens.ThreadScreen key={message} />}</Route>
      </Switch>
    </Lazily>
  );
}

/** What fills the window by itself. */
export function FullRoutes() {
  return (
    <Lazily>
      <Switch>
        <Route path="/start" component={screens.StartScreen} />
        <Route path="/start/register" component={screens.RegisterScreen} />
        <Route path="/start/link" component={screens.LinkThisDeviceScreen} />
        <Route path="/start/restore" component={screens.RestoreScreen} />
        <Route path="/start/sign-in" component={screens.SignInScreen} />
        <Route path="/start/first" component={screens.FirstConversationScreen} />
        <Route path="/join" component={screens.JoinScreen} />
        <Route path="/gallery" component={GalleryScreen} />
        <Route component={NotFound} />
      </Switch>
    </Lazily>
  );
}
