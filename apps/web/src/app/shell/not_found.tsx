import { useLocation } from "wouter";
import { Button } from "../../design/button";
import { EmptyState } from "../../design/empty_state";
import { useText } from "../../design/text";
import { appText } from "../app_text";

/** An address that leads nowhere. */
export function NotFound() {
  const [, navigate] = useLocation();
  const t = useText(appText);
  return (
    <EmptyState
      icon="help"
      level={1}
      title={t.notFoundTitle}
      text={t.notFoundText}
      action={
        <Button variant="primary" onPress={() => navigate("/")}>
          {t.toConversations}
        </Button>
      }
    />
  );
}
