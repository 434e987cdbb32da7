import { Button } from "../../design/button";
import { EmptyState } from "../../design/empty_state";
import type { ConversationListActions } from "./conversation_list_view";
import type { ConversationListSnapshot } from "./conversation_list_view_model";

interface EmptyProps {
  readonly snapshot: ConversationListSnapshot;
  readonly actions: ConversationListActions;
}

/** What stands where no conversation does: why, and what helps. */
export function ConversationListEmpty({ snapshot, actions }: EmptyProps) {
  const { filter, context } = snapshot;
  const { t } = context;
  const showAll = <Button onPress={() => actions.setFilter("all")}>{t.showAll}</Button>;
  switch (filter) {
    case "all":
      return (
        <EmptyState
          icon="conversations"
          title={t.emptyTitle}
          text={t.emptyText}
          action={
            <>
              <Button variant="primary" icon="compose" onPress={actions.openNew}>
                {t.emptyAction}
              </Button>
              <Button variant="quiet" icon="link" onPress={actions.openInvitation}>
                {t.openInvitation}
              </Button>
            </>
          }
        />
      );
    case "unread":
      return <EmptyState icon="check_double" title={t.noUnreadTitle} text={t.noUnreadText} action={showAll} />;
    case "groups":
      return (
        <EmptyState
          icon="people"
          title={t.noGroupsTitle}
          text={t.noGroupsText}
          action={
            <Button icon="plus" onPress={actions.openNewGroup}>
              {t.noGroupsAction}
            </Button>
          }
        />
      );
    case "archived":
      return <EmptyState icon="archive" title={t.noArchivedTitle} text={t.noArchivedText} action={showAll} />;
  }
}
