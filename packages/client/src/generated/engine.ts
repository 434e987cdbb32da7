// Printed by `sotto schema typescript` from the descriptions that the engine's codec is made of; not edited by hand.
//
// Ids, keys and other octets of a fixed size are lowercase hexadecimal, other octets base64. Times are milliseconds
// since 1970, 0 for none. Numbers are integers up to 2^53 - 1. What is optional and absent is left out.

/** How this home stands with its account. */
export type LoginState =
  /** No account. */
  | "empty"
  /** A registration was begun and not confirmed. */
  | "registering"
  /** A device of an account, without a login. */
  | "logged_out"
  /** A device of an account, with a login. */
  | "logged_in";
export const loginStateValues = [
  "empty",
  "registering",
  "logged_out",
  "logged_in",
] as const satisfies readonly LoginState[];

/** What is known of a contact's identity. */
export type Verification =
  /** Taken as first seen; nobody compared safety numbers. */
  | "unverified"
  /** The user compared safety numbers. */
  | "verified"
  /** Was verified, then changed: nothing is sent until decided. */
  | "changed";
export const verificationValues = [
  "unverified",
  "verified",
  "changed",
] as const satisfies readonly Verification[];

/** How far a message has come. */
export type MessageState =
  /** Own; waits in the outbox of this device. */
  | "pending"
  /** Own; the server has it durably. */
  | "sent"
  /** Own; a device of the other side has opened it. */
  | "delivered"
  /** Own; the other side has read it. */
  | "read"
  /** Own; it will not be sent, `reason` says why. */
  | "failed"
  /** From somebody else, opened and authentic. */
  | "received"
  /** It cannot be shown, `cause` says why. */
  | "undecryptable";
export const messageStateValues = [
  "pending",
  "sent",
  "delivered",
  "read",
  "failed",
  "received",
  "undecryptable",
] as const satisfies readonly MessageState[];

/** Why an entry of the log cannot be shown. */
export type UndecryptableCause =
  /** It can be shown. */
  | "none"
  /** The two devices' session was lost; its key is asked for over a new one. */
  | "no_session"
  /** Its key was used or discarded before, and is asked for again. */
  | "key_used_up"
  /** It was altered on the way, or is garbage. */
  | "tampered"
  /** It was encrypted before this device was added. */
  | "not_for_this_device"
  /** It names a sending device that its account does not vouch for. */
  | "sender_unknown"
  /** It was written for another conversation or under another id. */
  | "wrong_place"
  /** The server delivered the same message a second time. */
  | "repeated"
  /** The server delivered it after a message that its device sent later. */
  | "reordered"
  /** It needs a newer version of this program. */
  | "unsupported"
  /** Sent by this device, whose data were later put back. */
  | "sent_before_restore"
  /** The server no longer holds it, and this device had not read it. */
  | "removed"
  /** The key of its sender's chain has not come yet. */
  | "sender_key_missing"
  /** Its sender saw another membership of the group than this device. */
  | "forked"
  /** The device that sent it did not give its key again. */
  | "unanswered"
  /** Written before this account came to the group; its key has not come yet. */
  | "history_key_missing"
  /** Written before this account came to the group; its key was not shared. */
  | "not_shared";
export const undecryptableCauseValues = [
  "none",
  "no_session",
  "key_used_up",
  "tampered",
  "not_for_this_device",
  "sender_unknown",
  "wrong_place",
  "repeated",
  "reordered",
  "unsupported",
  "sent_before_restore",
  "removed",
  "sender_key_missing",
  "forked",
  "unanswered",
  "history_key_missing",
  "not_shared",
] as const satisfies readonly UndecryptableCause[];

/** What a line is. */
export type LineKind =
  /** Something written; Markdown. */
  | "text"
  /** A message of a kind of its own; the text is its fallback. */
  | "typed"
  /** The time for which messages stay was changed. */
  | "timer_change"
  /** What the group is called was changed. */
  | "group_profile"
  /** Members, roles or policies were changed. */
  | "group_event"
  /** A kind that this version does not know. */
  | "unsupported"
  /** It was deleted for everyone. */
  | "deleted"
  /** What a direct conversation is about was changed; the text is the subject. */
  | "direct_profile";
export const lineKindValues = [
  "text",
  "typed",
  "timer_change",
  "group_profile",
  "group_event",
  "unsupported",
  "deleted",
  "direct_profile",
] as const satisfies readonly LineKind[];

/** Whether a line can be read. */
export type Readability =
  /** It can. */
  | "readable"
  /** Waiting for this message: it repairs itself. */
  | "waiting"
  /** This account's device has no access to it, for good. */
  | "no_access";
export const readabilityValues = [
  "readable",
  "waiting",
  "no_access",
] as const satisfies readonly Readability[];

/** What an event of a group was. */
export type GroupChange =
  /** The group began. */
  | "created"
  /** `accounts` were added. */
  | "members_added"
  /** `accounts` were removed. */
  | "members_removed"
  /** Its actor left. */
  | "left"
  /** `accounts` became `role`. */
  | "role_changed"
  /** What the group is called was changed. */
  | "profile_changed"
  /** What holds was changed, to `policies`. */
  | "policies_changed"
  /** An invitation was made. */
  | "invitation_created"
  /** An invitation was revoked. */
  | "invitation_revoked"
  /** Its actor joined by invitation. */
  | "joined"
  /** The group was closed. */
  | "closed";
export const groupChangeValues = [
  "created",
  "members_added",
  "members_removed",
  "left",
  "role_changed",
  "profile_changed",
  "policies_changed",
  "invitation_created",
  "invitation_revoked",
  "joined",
  "closed",
] as const satisfies readonly GroupChange[];

/** What a member may do. */
export type Role =
  /** Writes in groups, reads in channels. */
  | "member"
  /** Also manages members, invitations and the profile. */
  | "admin"
  /** Also makes administrators, sets policies, closes; there is one. */
  | "owner"
  /** Reads. */
  | "read_only";
export const roleValues = [
  "member",
  "admin",
  "owner",
  "read_only",
] as const satisfies readonly Role[];

/** Why a command failed, or a message will not be sent. */
export type ClientErrorCode =
  /** Never in a failure. */
  | "none"
  /** The command is malformed. */
  | "bad_command"
  /** This home has no account yet. */
  | "not_registered"
  /** This home has an account already. */
  | "already_registered"
  /** A registration under another name was begun here. */
  | "registration_pending"
  /** This device is logged out; log in. */
  | "not_logged_in"
  /** This home holds no device of that account. */
  | "device_not_linked"
  /** The server ended this device's login; log in again. */
  | "login_ended"
  /** Name or password is wrong. */
  | "wrong_credentials"
  /** Another account has this name. */
  | "name_taken"
  /** Not a possible account name. */
  | "invalid_name"
  /** The password is too short or too long. */
  | "invalid_password"
  /** The text is empty, too long or not UTF-8. */
  | "invalid_text"
  /** The server knows no account of that name. */
  | "unknown_account"
  /** That is the own account. */
  | "own_account"
  /** This home knows no such conversation. */
  | "unknown_conversation"
  /** There is no such login. */
  | "unknown_login"
  /** The verified contact's identity changed; decide first. */
  | "identity_changed"
  /** The compared safety number is not the current one. */
  | "number_differs"
  /** No device of the other account can be encrypted to. */
  | "peer_unreachable"
  /** Too large to be sent. */
  | "too_large"
  /** The server asks to wait. */
  | "rate_limited"
  /** The server could not be reached in time. */
  | "offline"
  /** The server refused; the text says why. */
  | "server_refused"
  /** The server cannot serve at the moment. */
  | "server_unavailable"
  /** The server's answer does not verify; nothing was believed. */
  | "server_distrusted"
  /** This device's database could not be written; nothing was changed. */
  | "storage_failed"
  /** Too many commands are waiting. */
  | "too_many"
  /** This home holds no such message. */
  | "unknown_message"
  /** That is not this account's right. */
  | "not_allowed"
  /** The message is on its way or sent already. */
  | "already_sent"
  /** Not the code of a new device, or not all of it. */
  | "invalid_link_code"
  /** The code is of a device that wants to join another server. */
  | "other_server"
  /** There is no linking to confirm, or its time is over. */
  | "no_linking"
  /** The account has no such device. */
  | "unknown_device"
  /** A device is removed by another one. */
  | "own_device"
  /** The account has as many devices as it can have. */
  | "too_many_devices"
  /** The passphrase has fewer than 12 characters. */
  | "weak_passphrase"
  /** There is no backup. */
  | "no_backup"
  /** Not the words of the recovery key that were asked for. */
  | "wrong_words"
  /** The backup is still being read. */
  | "backup_busy"
  /** Not a recovery key; the text says where it is wrong. */
  | "invalid_recovery_key"
  /** The recovery key or passphrase does not open this backup. */
  | "wrong_recovery_key"
  /** This backup opens with a passphrase instead of a recovery key, or the reverse. */
  | "other_lock"
  /** The backup is not of the identity that is shown. */
  | "backup_of_other_identity"
  /** The backup is incomplete, changed, or of a newer version. */
  | "backup_damaged"
  /** Not the link of an invitation, or not all of it. */
  | "invalid_group_link"
  /** The invitation is to a group on another server. */
  | "group_elsewhere"
  /** The invitation has expired, was used up or revoked. */
  | "invitation_void"
  /** This account is in the group already. */
  | "already_member"
  /** The group has no such invitation. */
  | "unknown_invitation"
  /** The account does not ask to be let in. */
  | "no_join_request"
  /** The invitation behind the request is not valid any more. */
  | "join_request_void";
export const clientErrorCodeValues = [
  "none",
  "bad_command",
  "not_registered",
  "already_registered",
  "registration_pending",
  "not_logged_in",
  "device_not_linked",
  "login_ended",
  "wrong_credentials",
  "name_taken",
  "invalid_name",
  "invalid_password",
  "invalid_text",
  "unknown_account",
  "own_account",
  "unknown_conversation",
  "unknown_login",
  "identity_changed",
  "number_differs",
  "peer_unreachable",
  "too_large",
  "rate_limited",
  "offline",
  "server_refused",
  "server_unavailable",
  "server_distrusted",
  "storage_failed",
  "too_many",
  "unknown_message",
  "not_allowed",
  "already_sent",
  "invalid_link_code",
  "other_server",
  "no_linking",
  "unknown_device",
  "own_device",
  "too_many_devices",
  "weak_passphrase",
  "no_backup",
  "wrong_words",
  "backup_busy",
  "invalid_recovery_key",
  "wrong_recovery_key",
  "other_lock",
  "backup_of_other_identity",
  "backup_damaged",
  "invalid_group_link",
  "group_elsewhere",
  "invitation_void",
  "already_member",
  "unknown_invitation",
  "no_join_request",
  "join_request_void",
] as const satisfies readonly ClientErrorCode[];

/** What a conversation is. */
export type ConversationKind =
  /** With one other account. */
  | "direct"
  /** The account's own: notes, and what its devices tell one another. */
  | "self"
  /** Members write. */
  | "group"
  /** Owners and administrators write, everybody reads. */
  | "channel";
export const conversationKindValues = [
  "direct",
  "self",
  "group",
  "channel",
] as const satisfies readonly ConversationKind[];

/** How the connection stands. */
export type Connection =
  /** None is wanted, or it waits. */
  | "closed"
  /** Being opened or authenticated. */
  | "connecting"
  /** Open; what was missed is being read. */
  | "catching_up"
  /** Open and up to date. */
  | "live";
export const connectionValues = [
  "closed",
  "connecting",
  "catching_up",
  "live",
] as const satisfies readonly Connection[];

/** How far a linking has come. */
export type LinkStep =
  /** Both devices show the digits; the other one is asked. */
  | "compare"
  /** This device is one of the account's now, signed in. */
  | "joined"
  /** It came to nothing; `text` says why. */
  | "failed";
export const linkStepValues = [
  "compare",
  "joined",
  "failed",
] as const satisfies readonly LinkStep[];

/** How well a passphrase protects; an estimate from its form. */
export type Strength =
  /** There is no passphrase. */
  | "not_estimated"
  /** Fewer than 12 characters; not accepted. */
  | "too_short"
  /** Somebody determined finds it. */
  | "weak"
  /** Holds against most. */
  | "fair"
  /** Holds. */
  | "strong";
export const strengthValues = [
  "not_estimated",
  "too_short",
  "weak",
  "fair",
  "strong",
] as const satisfies readonly Strength[];

/** What opens a backup. */
export type BackupLock =
  /** 32 random octets, kept as words or a QR code. */
  | "recovery_key"
  /** A passphrase, through Argon2id. */
  | "passphrase"
  /** Nothing that the user keeps: only the account's devices have its key. */
  | "devices";
export const backupLockValues = [
  "recovery_key",
  "passphrase",
  "devices",
] as const satisfies readonly BackupLock[];

/** Who is shown something. */
export type Audience =
  /** Whoever shares a conversation with the account. */
  | "companions"
  /** Nobody. Who shows nothing is shown nothing either. */
  | "nobody";
export const audienceValues = [
  "companions",
  "nobody",
] as const satisfies readonly Audience[];

/** Why a conversation is reported. */
export type ReportReason =
  /** None of the others. */
  | "other"
  /** Unwanted advertising or fraud. */
  | "spam"
  /** Insults, threats or stalking. */
  | "harassment"
  /** Violence, or a call for it. */
  | "violence"
  /** Somebody pretends to be another person. */
  | "impersonation"
  /** Something else against the law. */
  | "illegal";
export const reportReasonValues = [
  "other",
  "spam",
  "harassment",
  "violence",
  "impersonation",
  "illegal",
] as const satisfies readonly ReportReason[];

/** What this device knows of an entry of its own account. */
export type EntryStanding =
  /** A list that this device has seen and checked. */
  | "known"
  /** In the account's unbroken chain; this device was not there. */
  | "not_seen"
  /** From before the account was reset. */
  | "earlier_identity"
  /** Not a list of this account's devices. */
  | "unexpected";
export const entryStandingValues = [
  "known",
  "not_seen",
  "earlier_identity",
  "unexpected",
] as const satisfies readonly EntryStanding[];

/** How two views of a log relate. */
export type ViewComparison =
  /** One log: the longer view begins with the shorter one. */
  | "consistent"
  /** The server showed the two of you different logs. */
  | "split_view"
  /** The logs of two servers, or of one that changed its key between you. */
  | "other_log"
  /** That is no checkpoint, or nobody signed it. */
  | "not_authentic";
export const viewComparisonValues = [
  "consistent",
  "split_view",
  "other_log",
  "not_authentic",
] as const satisfies readonly ViewComparison[];

/** What a server did that an honest one does not do. */
export type SecurityNoticeKind =
  /** Never sent. */
  | "none"
  /** A device list without the account's signature. */
  | "device_list_unsigned"
  /** A device list older than one seen before. */
  | "device_list_older"
  /** A device list that does not follow the one seen before. */
  | "device_list_forked"
  /** A device list that breaks its own rules. */
  | "device_list_malformed"
  /** A message from a device that its account does not vouch for. */
  | "device_unlisted"
  /** An answer about another account than the one asked for. */
  | "wrong_account"
  /** Prekeys that the device itself did not sign. */
  | "prekey_not_authentic"
  /** The same message a second time. */
  | "replayed"
  /** A message after one that its device sent later. */
  | "reordered"
  /** A message in a place it was not written for. */
  | "spliced"
  /** A message that was changed on the way. */
  | "altered"
  /** Messages of a device were held back. */
  | "messages_missing"
  /** The server's log ends before what it already delivered. */
  | "log_truncated"
  /** A page of the log with gaps or in the wrong order. */
  | "log_out_of_order"
  /** A conversation that is not what its id stands for. */
  | "wrong_conversation"
  /** Octets that are not a message of the protocol. */
  | "malformed_frame"
  /** A device list that the server's public log does not hold. */
  | "not_in_log"
  /** The log does not begin with what it was. */
  | "log_forked"
  /** The log is smaller than it was. */
  | "log_rolled_back"
  /** A checkpoint that the log's known key did not sign. */
  | "log_not_authentic"
  /** Two people were shown different logs. */
  | "log_split_view"
  /** A list of the own devices that is not the own one. */
  | "unexpected_own_entry"
  /** A part of the backup that was changed, or belongs elsewhere. */
  | "backup_altered"
  /** Less of the backup than there was before. */
  | "backup_shortened"
  /** The backup is not there any more, or is another one. */
  | "backup_gone"
  /** An event of a group that no member was allowed to make. */
  | "group_chain_refused"
  /** A message sealed for another membership of the group than this one. */
  | "group_forked"
  /** A message sealed before members changed, and delivered after. */
  | "sealed_for_old_membership"
  /** A member whose account key is another one than the group's: nothing is encrypted to it. */
  | "member_identity_differs"
  /** Other members of a group than its signed chain has. */
  | "group_members_differ";
export const securityNoticeKindValues = [
  "none",
  "device_list_unsigned",
  "device_list_older",
  "device_list_forked",
  "device_list_malformed",
  "device_unlisted",
  "wrong_account",
  "prekey_not_authentic",
  "replayed",
  "reordered",
  "spliced",
  "altered",
  "messages_missing",
  "log_truncated",
  "log_out_of_order",
  "wrong_conversation",
  "malformed_frame",
  "not_in_log",
  "log_forked",
  "log_rolled_back",
  "log_not_authentic",
  "log_split_view",
  "unexpected_own_entry",
  "backup_altered",
  "backup_shortened",
  "backup_gone",
  "group_chain_refused",
  "group_forked",
  "sealed_for_old_membership",
  "member_identity_differs",
  "group_members_differ",
] as const satisfies readonly SecurityNoticeKind[];

/** Creates an account with this device as its first. */
export interface RegisterAccount {
  /** The wanted name. At most 64 octets. */
  readonly name?: string | undefined;
  /** At least 8 characters. Never stored. At most 1024 octets. */
  readonly password?: string | undefined;
}

/** This device is signed in. */
export interface SignedIn {
  /** Its account. 16 octets, hexadecimal. */
  readonly account: string;
  /** Its id. 16 octets, hexadecimal. */
  readonly device: string;
  /** The account's name. At most 64 octets. */
  readonly name: string;
}

/** Signs this device in again. */
export interface LogIn {
  /** The account that this device belongs to. At most 64 octets. */
  readonly name?: string | undefined;
  /** Never stored. At most 1024 octets. */
  readonly password?: string | undefined;
}

/** Ends this device's login; keys and messages stay. */
export type LogOut = Readonly<Record<string, never>>;

/** The command is carried out. */
export type Done = Readonly<Record<string, never>>;

/** Asks which account and device this home is. */
export type WhoAmI = Readonly<Record<string, never>>;

/** Which account and device this home is. */
export interface Identity {
  /** How this home stands with its account. */
  readonly state: LoginState;
  /** The account's name. At most 64 octets. */
  readonly name: string;
  /** Its id. 16 octets, hexadecimal. */
  readonly account: string;
  /** This device's id. 16 octets, hexadecimal. */
  readonly device: string;
  /** Its public account key. 32 octets, hexadecimal. */
  readonly account_key: string;
}

/** Lists the devices that an account vouches for. */
export interface ListDevices {
  /** Empty for the own one. At most 64 octets. */
  readonly name?: string | undefined;
  /** Of the own ones also when each was last used. */
  readonly with_last_seen?: boolean | undefined;
}

/** The devices of an account, as its key signed them. */
export interface Devices {
  /** Whose. 16 octets, hexadecimal. */
  readonly account: string;
  /** Version of the list. */
  readonly version: number;
  /** In order of id. At most 32 elements. */
  readonly devices: readonly Device[];
}

/** A device that its account vouches for. */
export interface Device {
  /** Its id. 16 octets, hexadecimal. */
  readonly device: string;
  /** When the account added it. Unix milliseconds. */
  readonly added_at: number;
  /** Whether it is this one. */
  readonly current: boolean;
  /** What the account calls it; of others' devices empty. At most 64 octets. */
  readonly name: string;
  /** When it last refreshed its login; 0 if it has none or nobody asked. Unix milliseconds. */
  readonly last_seen: number;
}

/** Lists the account's open logins. */
export type ListLogins = Readonly<Record<string, never>>;

/** The account's open logins, newest first. */
export interface Logins {
  /** Every open login. At most 1000 elements. */
  readonly logins: readonly Login[];
}

/** An open login. */
export interface Login {
  /** Its id. 16 octets, hexadecimal. */
  readonly login: string;
  /** On which device. 16 octets, hexadecimal. */
  readonly device: string;
  /** When it was opened. Unix milliseconds. */
  readonly created_at: number;
  /** When it was last refreshed. Unix milliseconds. */
  readonly last_used_at: number;
  /** Whether it is this device's own. */
  readonly current: boolean;
}

/** Ends one of the account's logins. */
export interface RevokeLogin {
  /** Which, as `logins` names it. 16 octets, hexadecimal. */
  readonly login: string;
}

/** Finds or starts the direct conversation with an account. */
export interface OpenConversation {
  /** The other account. At most 64 octets. */
  readonly name?: string | undefined;
}

/** The conversation that was asked for. */
export interface Opened {
  /** As the list shows it. */
  readonly conversation: ConversationSummary;
}

/** One line of the conversation list. */
export interface ConversationSummary {
  /** Its id. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** The other account. 16 octets, hexadecimal. */
  readonly peer: string;
  /** Its name, if known. At most 64 octets. */
  readonly peer_name: string;
  /** What is known of the peer's identity. */
  readonly verification: Verification;
  /** The newest entry that this device has dealt with. */
  readonly head: number;
  /** Messages of the peer that are not marked read. */
  readonly unread: number;
  /** Own messages still in the outbox. */
  readonly pending: number;
  /** Time of the last message. Unix milliseconds. */
  readonly last_activity: number;
  /** Absent while there is none. */
  readonly last_message?: TimelineMessage;
  /** What it is. */
  readonly kind: ConversationKind;
  /** 0 for not muted. Unix milliseconds. */
  readonly muted_until: number;
  /** Kept at the top of the list. */
  readonly pinned: boolean;
  /** Out of the list until something comes. */
  readonly archived: boolean;
  /** Shown as unread although it is not. */
  readonly marked_unread: boolean;
  /** Not sent yet. At most 16384 octets. */
  readonly draft: string;
  /** How long its messages stay; 0 for ever. */
  readonly timer_ms: number;
  /** Of a group: its name. At most 128 octets. */
  readonly title: string;
  /** What it is about. At most 256 octets. */
  readonly subject: string;
  /** What it belongs to elsewhere. At most 256 octets. */
  readonly context: string;
  /** When this account reported it to those who run the server; 0 for never. Unix milliseconds. */
  readonly reported_at: number;
  /** This account deleted it and nothing came since: it is not in the list. */
  readonly deleted: boolean;
}

/** One line of a conversation. */
export interface TimelineMessage {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Its place in the log; 0 until the server has it. */
  readonly seq: number;
  /** Its id, chosen by the sender. 16 octets, hexadecimal. */
  readonly message: string;
  /** The sending account. 16 octets, hexadecimal. */
  readonly sender: string;
  /** Its name, if known. At most 64 octets. */
  readonly sender_name: string;
  /** Whether the sender is this account. */
  readonly own: boolean;
  /** How far it has come. */
  readonly state: MessageState;
  /** Set if it is `undecryptable`. */
  readonly cause: UndecryptableCause;
  /** Empty if it is `undecryptable`. At most 16384 octets. */
  readonly text: string;
  /** When the server took it; while pending, when it was written. Unix milliseconds. */
  readonly sent_at: number;
  /** English, for people: why it is `failed`, `undecryptable`, or still held back. Else empty. At most 512 octets. */
  readonly reason: string;
  /** The sending device; names it in a reference. 16 octets, hexadecimal. */
  readonly sender_device: string;
  /** What it is. */
  readonly kind: LineKind;
  /** Whether it may yet become readable. */
  readonly readability: Readability;
  /** Of a typed message. At most 64 octets. */
  readonly type: string;
  /** Of a typed message: JSON. At most 8192 octets. */
  readonly data: string;
  /** The message that it answers. */
  readonly reply_to?: MessageReference;
  /** The first message of its thread. */
  readonly thread?: MessageReference;
  /** Whom the text names. At most 50 elements of 16 octets, hexadecimal. */
  readonly mentions: readonly string[];
  /** Written elsewhere first. */
  readonly forwarded: boolean;
  /** How often its author changed it; `read_edits` shows them. */
  readonly edits: number;
  /** In order of arrival. At most 64 elements. */
  readonly reactions: readonly ShownReaction[];
  /** Whether this account keeps it to find it again. */
  readonly starred: boolean;
  /** When it is deleted everywhere; 0 for never. Unix milliseconds. */
  readonly expires_at: number;
  /** Of a change of the timer: how long messages stay; 0 ever. */
  readonly timer_ms: number;
  /** While pending: when it is to be sent; 0 for now. Unix milliseconds. */
  readonly not_before: number;
  /** Of a reply: what it answers; absent if that is not here. */
  readonly quoted?: QuotedMessage;
  /** Of a group_event: what `text` says in English. */
  readonly group_event?: ShownGroupEvent;
  /** How many messages its thread has besides it. */
  readonly replies: number;
  /** Set if it is `failed` or held back; `reason` explains it. */
  readonly failure: ClientErrorCode;
}

/** Names a message of the same conversation. */
export interface MessageReference {
  /** Who sent it. 16 octets, hexadecimal. */
  readonly sender: string;
  /** From which device. 16 octets, hexadecimal. */
  readonly sender_device: string;
  /** Its id. 16 octets, hexadecimal. */
  readonly message: string;
}

/** One kind of reaction to a message. */
export interface ShownReaction {
  /** Which. At most 64 octets. */
  readonly emoji: string;
  /** How many accounts chose it. */
  readonly count: number;
  /** Whether this account did. */
  readonly own: boolean;
  /** The first of them. At most 64 elements of 16 octets, hexadecimal. */
  readonly accounts: readonly string[];
}

/** What a reply answers. */
export interface QuotedMessage {
  /** Who wrote it. At most 64 octets. */
  readonly sender_name: string;
  /** Whether this account did. */
  readonly own: boolean;
  /** How it begins, on one line; empty if it cannot be shown or was deleted. At most 160 octets. */
  readonly text: string;
}

/** An event of a group. */
export interface ShownGroupEvent {
  /** What happened. */
  readonly change: GroupChange;
  /** Who did it. */
  readonly actor: KnownAccount;
  /** To whom. At most 8 elements. */
  readonly accounts: readonly KnownAccount[];
  /** To how many others besides. */
  readonly more: number;
  /** Of a changed role: the new one. */
  readonly role?: Role;
  /** Of changed policies: the new ones. */
  readonly policies?: GroupPolicies;
}

/** An account. */
export interface KnownAccount {
  /** Its id. 16 octets, hexadecimal. */
  readonly account: string;
  /** Its name, if known. At most 64 octets. */
  readonly name: string;
}

/** What holds in a group. */
export interface GroupPolicies {
  /** Whoever is added gets the keys of what was written before. */
  readonly shares_history: boolean;
  /** Not only administrators add members. */
  readonly members_add: boolean;
  /** Not only administrators change the profile. */
  readonly members_edit_profile: boolean;
  /** Messages disappear so long after sending; 0 for never. */
  readonly expires_after_ms: number;
}

/** Writes a text message. */
export interface SendText {
  /** The account to write to; starts a conversation. At most 64 octets. */
  readonly to?: string | undefined;
  /** Or: a conversation that is known. 16 octets, hexadecimal. */
  readonly conversation?: string | undefined;
  /** UTF-8, not empty, at most 16 KiB; Markdown. At most 16384 octets. */
  readonly text?: string | undefined;
  /** The message that it answers. */
  readonly reply_to?: MessageReference | undefined;
  /** The first message of the thread that it belongs to. */
  readonly thread?: MessageReference | undefined;
  /** Members whom the text names. At most 50 elements of 16 octets, hexadecimal. */
  readonly mentions?: readonly string[] | undefined;
  /** Instead of the conversation's timer; 0 for never. */
  readonly expires_after_ms?: number | undefined;
  /** Sent then and not before, by this device; 0 for now. Unix milliseconds. */
  readonly not_before?: number | undefined;
  /** Written elsewhere first. */
  readonly forwarded?: boolean | undefined;
}

/** A message is in the outbox, durably. */
export interface Queued {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Its id. 16 octets, hexadecimal. */
  readonly message: string;
}

/** Lists the conversations, newest activity first. */
export interface ListConversations {
  /** At most this many; 0 or above 200 means 200. */
  readonly limit?: number | undefined;
  /** The page that follows this conversation: the last one of the page before. 16 octets, hexadecimal. */
  readonly after?: string | undefined;
}

/** Conversations, newest activity first. */
export interface ConversationList {
  /** In that order. At most 200 elements. */
  readonly conversations: readonly ConversationSummary[];
  /** Others follow: ask for what comes `after`. */
  readonly more: boolean;
}

/** Reads a page of a conversation, in order. Asks no server. */
export interface ReadHistory {
  /** The other account of a direct one. At most 64 octets. */
  readonly with?: string | undefined;
  /** Or: which conversation. 16 octets, hexadecimal. */
  readonly conversation?: string | undefined;
  /** The page that ends before this seq. */
  readonly before?: number | undefined;
  /** Or: the page that begins after this seq. */
  readonly after?: number | undefined;
  /** At most this many; 0 or above 200 means 50. */
  readonly limit?: number | undefined;
}

/** A page of a conversation. */
export interface History {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Ascending; pending ones last. At most 400 elements. */
  readonly messages: readonly TimelineMessage[];
  /** Whether there are more in the direction asked. */
  readonly more: boolean;
}

/** Marks all messages up to one as read. */
export interface MarkRead {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** The last one read; 0 for all that there are. */
  readonly seq?: number | undefined;
}

/** Tells the other side that the user types. Repeat it every 2 seconds. */
export interface SetTyping {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Started or stopped. */
  readonly typing?: boolean | undefined;
}

/** Asks for the number by which two people verify each other. */
export interface GetSafetyNumber {
  /** The other account. At most 64 octets. */
  readonly name?: string | undefined;
}

/** By what two people verify each other; the same on both sides. */
export interface SafetyNumber {
  /** The other account. 16 octets, hexadecimal. */
  readonly account: string;
  /** 60 digits, of the identity that the server shows now. At most 128 octets. */
  readonly digits: string;
  /** The content of the QR code. At most 512 octets, base64. */
  readonly qr: string;
  /** What is known of the contact's identity. */
  readonly verification: Verification;
}

/** Records or withdraws the verification of a contact. */
export interface SetVerified {
  /** The other account. At most 64 octets. */
  readonly name?: string | undefined;
  /** Verified, or withdrawn. */
  readonly verified?: boolean | undefined;
  /**
   * The number that was compared; refused if it is no longer the current one. Empty skips that check. At most 128
   * octets.
   */
  readonly digits?: string | undefined;
}

/** Hands out messages that were not announced yet. */
export interface TakeUnannounced {
  /** At most this many; 0 or above 200 means 200. */
  readonly limit?: number | undefined;
}

/** Messages to announce; `announced` follows for all of them. */
export interface Unannounced {
  /** Ascending in each conversation. At most 200 elements. */
  readonly messages: readonly TimelineMessage[];
}

/** Says that messages handed out by `take_unannounced` were announced. */
export interface Announced {
  /** Which. At most 200 elements. */
  readonly messages?: readonly AnnouncedMessage[] | undefined;
}

/** A message that was announced. */
export interface AnnouncedMessage {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Which. */
  readonly seq: number;
}

/** Asks how the engine is. */
export type GetStatus = Readonly<Record<string, never>>;

/** How the engine is. */
export interface Status {
  /** How it stands with its account. */
  readonly login: LoginState;
  /** How the connection stands. */
  readonly connection: Connection;
  /** Messages waiting to be sent. */
  readonly outbox: number;
  /** Messages that nobody announced yet. */
  readonly unannounced: number;
}

/** Creates a group or a channel, whose owner this account is. */
export interface CreateGroup {
  /** Not empty. At most 128 octets. */
  readonly name?: string | undefined;
  /** Only administrators write. */
  readonly is_channel?: boolean | undefined;
  /** Names of accounts. At most 250 elements of at most 64 octets. */
  readonly members?: readonly string[] | undefined;
  /** Markdown. At most 2048 octets. */
  readonly description?: string | undefined;
  /** What holds. */
  readonly policies?: GroupPolicies | undefined;
}

/** Shows a group with its members, roles and marks. */
export interface ShowGroup {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
}

/** A group as this device knows it. */
export interface GroupShown {
  /** Its id. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Group or channel. */
  readonly kind: ConversationKind;
  /** What it is called; empty while that is not known. */
  readonly profile: GroupProfile;
  /** What holds. */
  readonly policies: GroupPolicies;
  /** Ascending by account. At most 1000 elements. */
  readonly members: readonly ShownMember[];
  /** Events of its chain. */
  readonly number: number;
  /** Nothing changes any more. */
  readonly closed: boolean;
  /** What this account may do; absent once it has left. */
  readonly own_role?: Role;
}

/** What a group is called. */
export interface GroupProfile {
  /** Random; hides the rest from who sees only the hash. 16 octets, hexadecimal. */
  readonly salt: string;
  /** Not empty. At most 128 octets. */
  readonly name: string;
  /** Markdown. At most 2048 octets. */
  readonly description: string;
  /** One line. At most 256 octets. */
  readonly subject: string;
  /** What it belongs to elsewhere: a ticket, an application. At most 256 octets. */
  readonly context: string;
  /** PNG, JPEG or WebP. At most 8192 octets, base64. */
  readonly picture: string;
}

/** A member of a group. */
export interface ShownMember {
  /** Who. 16 octets, hexadecimal. */
  readonly account: string;
  /** Its name, if known. At most 64 octets. */
  readonly name: string;
  /** What it may do. */
  readonly role: Role;
  /** How far it has opened all; 0 if the server does not tell. */
  readonly delivered: number;
  /** How far it has read all; 0 if the server does not tell. */
  readonly read: number;
  /** Its account key is another one than the group's; nothing is encrypted to it. */
  readonly identity_differs: boolean;
}

/** Adds accounts to a group. */
export interface AddMembers {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** At least one. At most 250 elements of at most 64 octets. */
  readonly names?: readonly string[] | undefined;
  /** What they become. */
  readonly role?: Role | undefined;
}

/** Removes members from a group. */
export interface RemoveMembers {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** At least one. At most 250 elements of at most 64 octets. */
  readonly names?: readonly string[] | undefined;
}

/** Leaves a group; its owner hands it over first. */
export interface LeaveGroup {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
}

/** Changes what a member may do. */
export interface SetRole {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Whose. At most 64 octets. */
  readonly name?: string | undefined;
  /** The new role. */
  readonly role?: Role | undefined;
}

/** Changes what a group is called. */
export interface ChangeGroupProfile {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Not empty. At most 128 octets. */
  readonly name?: string | undefined;
  /** Markdown. At most 2048 octets. */
  readonly description?: string | undefined;
  /** One line. At most 256 octets. */
  readonly subject?: string | undefined;
  /** What it belongs to elsewhere. At most 256 octets. */
  readonly context?: string | undefined;
  /** PNG, JPEG or WebP; empty for none. At most 8192 octets, base64. */
  readonly picture?: string | undefined;
}

/** Changes what holds in a group. */
export interface ChangeGroupPolicies {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** All of them. */
  readonly policies?: GroupPolicies | undefined;
}

/** Closes a group for good: nothing is sent or changed any more. */
export interface CloseGroup {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
}

/** Makes an invitation to a group. */
export interface CreateInvitation {
  /** Which group. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** The server's address, for who gets the link. At most 256 octets. */
  readonly server?: string | undefined;
  /** From now on so long; 0 for ever. */
  readonly expires_after_ms?: number | undefined;
  /** Joins after which it is void; 0 for any number. */
  readonly max_uses?: number | undefined;
  /** Who has the link only asks; `max_uses` is 0 then. */
  readonly needs_approval?: boolean | undefined;
  /** What who joins becomes: member or read_only. */
  readonly role?: Role | undefined;
}

/** The invitation that was made. */
export interface InvitationShown {
  /** To which group. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** It, with its link. */
  readonly invitation: ShownInvitation;
}

/** An invitation to a group. */
export interface ShownInvitation {
  /** Its id. 16 octets, hexadecimal. */
  readonly invitation: string;
  /** Void from then on; 0 for never. Unix milliseconds. */
  readonly expires_at: number;
  /** Void after so many; 0 for any number. */
  readonly max_uses: number;
  /** How many have joined by it. */
  readonly uses: number;
  /** Who has the link only asks. */
  readonly needs_approval: boolean;
  /** What who joins becomes. */
  readonly role: Role;
  /** Its time is over. */
  readonly expired: boolean;
  /** Its link, for a QR code and for copying; empty on all devices but its maker's. At most 1024 octets. */
  readonly link: string;
}

/** Shows the invitations of a group that are not used up or revoked. */
export interface ListInvitations {
  /** Which group. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** The server's address, for the links. At most 256 octets. */
  readonly server?: string | undefined;
}

/** The invitations of a group. */
export interface InvitationsShown {
  /** Which group's. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Oldest first. At most 32 elements. */
  readonly invitations: readonly ShownInvitation[];
}

/** Makes an invitation void. */
export interface RevokeInvitation {
  /** Of which group. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Which. 16 octets, hexadecimal. */
  readonly invitation: string;
}

/** Uses the link of an invitation. */
export interface JoinGroup {
  /** As `invitation_shown` has it. At most 1024 octets. */
  readonly link?: string | undefined;
  /** This home's server; the link of another one is refused. Empty skips that check. At most 256 octets. */
  readonly server?: string | undefined;
}

/** The invitation was used. */
export interface GroupJoined {
  /** The group. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** This account is no member yet: an administrator decides. */
  readonly waits_for_approval: boolean;
}

/** Shows who asks to be let into a group. */
export interface ListJoinRequests {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
}

/** Who asks to be let into a group. */
export interface JoinRequestsShown {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Oldest first. At most 250 elements. */
  readonly requests: readonly ShownJoinRequest[];
}

/** Somebody who asks to be let in. */
export interface ShownJoinRequest {
  /** Who. 16 octets, hexadecimal. */
  readonly account: string;
  /** Its name, if known. At most 64 octets. */
  readonly name: string;
  /** By which invitation. 16 octets, hexadecimal. */
  readonly invitation: string;
  /** When. Unix milliseconds. */
  readonly asked_at: number;
  /** Its invitation is not valid any more, or the proof is not right: not to be approved. */
  readonly is_void: boolean;
}

/** Adds somebody who asks to be let in. */
export interface ApproveJoin {
  /** To which group. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Whom. At most 64 octets. */
  readonly name?: string | undefined;
}

/** Turns somebody down who asks to be let in; nobody is told. */
export interface DeclineJoin {
  /** From which group. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Whom. At most 64 octets. */
  readonly name?: string | undefined;
}

/** Shows a code by which a device of an account takes this one in. */
export interface BeginLinking {
  /** The server's address, for the other device to compare. At most 256 octets. */
  readonly server?: string | undefined;
}

/** The code for a device of the account to take. */
export interface LinkShown {
  /** Text to copy; the content of the QR code too. At most 1024 octets. */
  readonly code: string;
}

/** Gives up a linking that was begun here. */
export type CancelLinking = Readonly<Record<string, never>>;

/** Takes the code that a new device shows. */
export interface AcceptLink {
  /** As scanned or copied. At most 1024 octets. */
  readonly code?: string | undefined;
  /** This device's server; a code for another one is refused. Empty skips that check. At most 256 octets. */
  readonly server?: string | undefined;
}

/** How far a linking has come. */
export interface LinkProgress {
  /** What happened. */
  readonly step: LinkStep;
  /** The six digits to compare, at `compare`. At most 16 octets. */
  readonly digits: string;
  /** English, for people. At most 512 octets. */
  readonly text: string;
}

/** Says whether both devices show the same digits. */
export interface ConfirmLink {
  /** Whether they are the same. */
  readonly same?: boolean | undefined;
}

/** Takes another device off the account's list. */
export interface RemoveDevice {
  /** Which, as `devices` names it. 16 octets, hexadecimal. */
  readonly device: string;
}

/** Begins a backup of the account's keys. */
export interface CreateBackup {
  /** At least 12 characters; empty for a recovery key. At most 1024 octets. */
  readonly passphrase?: string | undefined;
}

/** A backup was begun. */
export interface BackupCreated {
  /** The recovery key; empty with a passphrase. At most 24 elements of at most 16 octets. */
  readonly words: readonly string[];
  /** The same as a QR code's content. At most 1024 octets. */
  readonly code: string;
  /** Which word `confirm_backup` asks for, counted from 1. */
  readonly first_asked: number;
  /** And which other one. */
  readonly second_asked: number;
  /** Of the passphrase. */
  readonly strength: Strength;
}

/** Shows that the recovery key was kept, and switches the backup on. */
export interface ConfirmBackup {
  /** The first one asked for. At most 64 octets. */
  readonly first_word?: string | undefined;
  /** The second one. At most 64 octets. */
  readonly second_word?: string | undefined;
}

/** Asks how the backup of the account's keys stands. */
export type GetBackupStatus = Readonly<Record<string, never>>;

/** How the backup of the account's keys stands. */
export interface BackupShown {
  /** Whether this device keeps one. */
  readonly on: boolean;
  /** What opens it. */
  readonly lock: BackupLock;
  /** Packs that this device knows of. */
  readonly packs: number;
  /** Their octets. */
  readonly size: number;
  /** Keys that are not in it yet. */
  readonly waiting: number;
  /** Whether it is still being read. */
  readonly reading: boolean;
  /** When this device last added to it. Unix milliseconds. */
  readonly packed_at?: number;
}

/** Deletes the backup on the server. */
export type EraseBackup = Readonly<Record<string, never>>;

/** Takes an account up again on an empty home. */
export interface RestoreBackup {
  /** The account's name. At most 64 octets. */
  readonly name?: string | undefined;
  /** Its password. At most 1024 octets. */
  readonly password?: string | undefined;
  /** 24 words, or the text of their QR code. At most 1024 octets. */
  readonly recovery_key?: string | undefined;
  /** Or the passphrase. At most 1024 octets. */
  readonly passphrase?: string | undefined;
  /** An offline backup; empty for none. At most 100663296 octets, base64. */
  readonly file?: string | undefined;
  /** Whether all other devices are removed, as after a theft; else they stay. */
  readonly remove_others?: boolean | undefined;
}

/** This device is one of the account's again. */
export interface Restored {
  /** Which account. 16 octets, hexadecimal. */
  readonly account: string;
  /** This device, which is new. 16 octets, hexadecimal. */
  readonly device: string;
  /** The account's name. At most 64 octets. */
  readonly name: string;
  /** Packs of keys that are being read now. */
  readonly packs: number;
  /** Devices that the account has, with this one. */
  readonly devices: number;
}

/** Gives the account a new identity; earlier messages are lost. */
export interface ResetIdentity {
  /** The account's name. At most 64 octets. */
  readonly name?: string | undefined;
  /** Its password. At most 1024 octets. */
  readonly password?: string | undefined;
}

/** Writes an offline backup. */
export interface ExportBackup {
  /** At least 12 characters; empty for a recovery key of its own. At most 1024 octets. */
  readonly passphrase?: string | undefined;
  /** Without the keys of messages: small enough for a few QR codes. */
  readonly identity_only?: boolean | undefined;
}

/** An offline backup. */
export interface BackupExported {
  /** To be written to a file. At most 100663296 octets, base64. */
  readonly file: string;
  /** The same as QR codes; none if too large. At most 512 elements of at most 512 octets. */
  readonly frames: readonly string[];
  /** Its recovery key; empty with a passphrase. At most 24 elements of at most 16 octets. */
  readonly words: readonly string[];
  /** The same as a QR code's content. At most 1024 octets. */
  readonly code: string;
  /** Of the passphrase. */
  readonly strength: Strength;
  /** Keys of messages in it. */
  readonly keys: number;
}

/** Adds a reaction to a message, or takes it back. */
export interface React {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** To which message. */
  readonly target: MessageReference;
  /** UTF-8, not empty. At most 64 octets. */
  readonly emoji?: string | undefined;
  /** Takes it back. */
  readonly removed?: boolean | undefined;
}

/** Replaces the text of an own message. */
export interface EditMessage {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Which message. */
  readonly target: MessageReference;
  /** The new text. At most 16384 octets. */
  readonly text?: string | undefined;
}

/** Deletes a message. */
export interface DeleteMessage {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Which message. */
  readonly target: MessageReference;
  /** Else for this account alone. */
  readonly for_everyone?: boolean | undefined;
}

/** Keeps a message to find it again. */
export interface StarMessage {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Which message. */
  readonly target: MessageReference;
  /** Keeps it, or no longer. */
  readonly starred?: boolean | undefined;
}

/** Sets how long messages of a direct conversation stay. */
export interface SetTimer {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** After sending, at most 10 years; 0 for ever. */
  readonly expires_after_ms?: number | undefined;
}

/** Writes a message of a kind of its own. */
export interface SendTyped {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Type, data and fallback. */
  readonly content?: TypedContent | undefined;
  /** The message that it answers. */
  readonly reply_to?: MessageReference | undefined;
  /** The first message of its thread. */
  readonly thread?: MessageReference | undefined;
}

/** A message of a kind of its own. */
export interface TypedContent {
  /** Dotted, as 'interview.invitation'; not empty. At most 64 octets. */
  readonly type: string;
  /** JSON, as the type says. At most 8192 octets. */
  readonly data: string;
  /** What is shown where the type is not known; not empty. At most 1024 octets. */
  readonly fallback: string;
}

/** Takes back a message that was not sent yet. */
export interface CancelMessage {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Its id, as `queued` named it. 16 octets, hexadecimal. */
  readonly message: string;
}

/** Asks what a message said before it was changed. */
export interface ReadEdits {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Which message. */
  readonly target: MessageReference;
}

/** What a message said, from the first to the present text. */
export interface EditHistory {
  /** In order; of more, the last. At most 200 elements. */
  readonly versions: readonly MessageVersion[];
}

/** What a message said at a time. */
export interface MessageVersion {
  /** What it said. At most 16384 octets. */
  readonly text: string;
  /** When the server took it. Unix milliseconds. */
  readonly written_at: number;
}

/** Reads the newest 200 messages of a thread. */
export interface ReadThread {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Its first message. */
  readonly root: MessageReference;
}

/** The messages that were asked for. */
export interface Messages {
  /** In the order asked for. At most 201 elements. */
  readonly messages: readonly TimelineMessage[];
}

/** Lists the messages that this account keeps. */
export interface ListStarred {
  /** At most this many; 0 or above 200 means 200. */
  readonly limit?: number | undefined;
}

/** Counts what this home holds of a conversation. */
export interface GetStatistics {
  /** Of which conversation. 16 octets, hexadecimal. */
  readonly conversation: string;
}

/** What this home holds of a conversation. */
export interface Statistics {
  /** Of which. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Messages that can be read. */
  readonly messages: number;
  /** Of them, those that this account keeps. */
  readonly starred: number;
  /** Time of the first; 0 if there is none. Unix milliseconds. */
  readonly first_at: number;
  /** Time of the last. Unix milliseconds. */
  readonly last_at: number;
  /** Most messages first. At most 1000 elements. */
  readonly members: readonly MemberStatistics[];
}

/** How much one member wrote. */
export interface MemberStatistics {
  /** Who. 16 octets, hexadecimal. */
  readonly account: string;
  /** Its name, if known. At most 64 octets. */
  readonly name: string;
  /** Messages of it that are held here. */
  readonly messages: number;
}

/** Sets how this account keeps a conversation. */
export interface KeepConversation {
  /** What is to be set. */
  readonly setting: ConversationSetting;
}

/** How an account keeps a conversation. */
export interface ConversationSetting {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** 0 for not; 18446744073709551615 for good. Unix milliseconds. */
  readonly muted_until?: number;
  /** At the top of the list. */
  readonly pinned?: boolean;
  /** Out of the list until something comes. */
  readonly archived?: boolean;
  /** Not sent yet; empty for none. At most 16384 octets. */
  readonly draft?: string;
  /** Shown as unread although it is not. */
  readonly marked_unread?: boolean;
  /** Reported to those who run the server; 0 for not. Unix milliseconds. */
  readonly reported_at?: number;
  /** The account deleted all entries up to this one for itself; never falls. */
  readonly deleted_up_to?: number;
}

/** Keeps a setting of an application on all own devices. */
export interface SetApplicationSetting {
  /** Name and value; empty forgets it. */
  readonly setting?: ApplicationSetting | undefined;
}

/** A setting of an application. */
export interface ApplicationSetting {
  /** Dotted; not empty. At most 64 octets. */
  readonly name: string;
  /** As the application reads it. At most 4096 octets. */
  readonly value: string;
}

/** Lists the settings of applications. */
export type ListApplicationSettings = Readonly<Record<string, never>>;

/** What applications keep for this account. */
export interface ApplicationSettings {
  /** By name. At most 500 elements. */
  readonly settings: readonly ApplicationSetting[];
}

/** Sets and shows what others are shown. */
export interface ChangePrivacy {
  /** Whether the account is online, and when it last was. */
  readonly presence?: Audience | undefined;
  /** How far it has read. */
  readonly read_receipts?: Audience | undefined;
  /** That it is typing. */
  readonly typing?: Audience | undefined;
}

/** What others are shown. */
export interface PrivacyShown {
  /** All of it. */
  readonly privacy: Privacy;
}

/** What others are shown. */
export interface Privacy {
  /** Whether the account is online, and when it last was. */
  readonly presence: Audience;
  /** How far it has read. */
  readonly read_receipts: Audience;
  /** That it is typing. */
  readonly typing: Audience;
}

/** Watches whether contacts are online. */
export interface WatchPresence {
  /** Accounts that this home knows; may be none. At most 50 elements of at most 64 octets. */
  readonly names?: readonly string[] | undefined;
}

/** Blocks or unblocks an account. */
export interface BlockAccount {
  /** Whom. At most 64 octets. */
  readonly name?: string | undefined;
  /** Blocked or not. */
  readonly blocked?: boolean | undefined;
}

/** Lists whom this account has blocked. */
export type ListBlockedAccounts = Readonly<Record<string, never>>;

/** Whom this account has blocked. */
export interface BlockedAccounts {
  /** In no order. At most 1000 elements. */
  readonly accounts: readonly KnownAccount[];
}

/** Says what a direct conversation is about. */
export interface DescribeConversation {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** In place of what was said before. */
  readonly profile?: DirectProfile | undefined;
}

/** What a direct conversation is about. */
export interface DirectProfile {
  /** One line; empty for none. At most 256 octets. */
  readonly subject: string;
  /** What it belongs to elsewhere: a ticket, an application; empty for nothing. At most 256 octets. */
  readonly context: string;
}

/** Reports a conversation to those who run the server. */
export interface ReportConversation {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Why. */
  readonly reason?: ReportReason | undefined;
}

/** Names one of the account's devices. */
export interface NameDevice {
  /** Which, as `devices` names it. 16 octets, hexadecimal. */
  readonly device: string;
  /** UTF-8, one line; empty for none. At most 64 octets. */
  readonly name?: string | undefined;
}

/** Deletes a conversation from all own devices. */
export interface DeleteConversation {
  /** Which. 16 octets, hexadecimal. */
  readonly conversation: string;
}

/** Connects now instead of at the time of the next attempt. */
export type ConnectNow = Readonly<Record<string, never>>;

/** Checks the log's entries of the own account. */
export type AuditTransparency = Readonly<Record<string, never>>;

/** What the log says of the own account. */
export interface TransparencyAudit {
  /** Whether every entry is accounted for. */
  readonly sound: boolean;
  /** Entries in the log, of all accounts. */
  readonly size: number;
  /** Of the own account, in order. At most 2000 elements. */
  readonly entries: readonly AuditedEntry[];
  /** English, for people. At most 512 octets. */
  readonly text: string;
}

/** An entry of the own account in the log. */
export interface AuditedEntry {
  /** Of the device list. */
  readonly version: number;
  /** SHA-256 of the list. 32 octets, hexadecimal. */
  readonly device_list: string;
  /** When it was logged, by the server's clock. Unix milliseconds. */
  readonly at: number;
  /** What this device knows of it. */
  readonly standing: EntryStanding;
}

/** Asks what this device knows of the server's log. */
export type GetTransparency = Readonly<Record<string, never>>;

/** What this device knows of the server's log. */
export interface TransparencyStatus {
  /** The log's name. At most 256 octets. */
  readonly origin: string;
  /** Its verifier key, held since the first proof. At most 512 octets. */
  readonly key: string;
  /** Entries, by the newest checkpoint. */
  readonly size: number;
  /** That checkpoint, to export. At most 2048 octets. */
  readonly note: string;
  /** Device lists in use that the log was proven to hold. */
  readonly proven: number;
  /** Device lists in use whose proof is still to come. */
  readonly waiting: number;
}

/** Compares this view of the server's log with another person's. */
export interface CompareCheckpoint {
  /** The checkpoint that the other one's `transparency_status` shows. At most 2048 octets. */
  readonly note?: string | undefined;
}

/** How this view of the log relates to another person's. */
export interface CheckpointComparison {
  /** How. */
  readonly result: ViewComparison;
  /** Entries in this view. */
  readonly own_size: number;
  /** Entries in the other view. */
  readonly other_size: number;
  /** English, for people. At most 512 octets. */
  readonly text: string;
}

/** Looks for messages on this device. */
export interface SearchMessages {
  /** UTF-8; empty finds all that the rest allows. At most 1024 octets. */
  readonly words?: string | undefined;
  /** In the conversation with this one. At most 64 octets. */
  readonly with?: string | undefined;
  /** Or: in this conversation. 16 octets, hexadecimal. */
  readonly conversation?: string | undefined;
  /** Written by this account. At most 64 octets. */
  readonly sender?: string | undefined;
  /** Only lines of this kind. */
  readonly kind?: LineKind | undefined;
  /** Sent at this time or later; 0 for any. Unix milliseconds. */
  readonly from?: number | undefined;
  /** Sent before this time; 0 for any. Unix milliseconds. */
  readonly until?: number | undefined;
  /** At most this many; 0 or above 200 means 50. */
  readonly limit?: number | undefined;
}

/** What was found. */
export interface Found {
  /** Newest first. At most 200 elements. */
  readonly messages: readonly FoundMessage[];
  /** Whether there are older ones. */
  readonly more: boolean;
}

/** A message that was found. */
export interface FoundMessage {
  /** It. */
  readonly message: TimelineMessage;
  /** Where the words stand in its text, in order. At most 100 elements. */
  readonly highlights: readonly Highlight[];
}

/** A part of a text that was looked for. */
export interface Highlight {
  /** Octets before it. */
  readonly start: number;
  /** Octets; whole characters. */
  readonly size: number;
}

/** The command failed; nothing was changed. */
export interface Failed {
  /** Why. */
  readonly error: ClientError;
}

/** Why a command failed. */
export interface ClientError {
  /** The reason. */
  readonly code: ClientErrorCode;
  /** English, for people. At most 512 octets. */
  readonly text: string;
  /** Whether the same command may succeed later without anybody's doing. */
  readonly retryable: boolean;
}

/** A message of somebody else is in the timeline. */
export interface MessageReceived {
  /** It. */
  readonly message: TimelineMessage;
}

/** An own message came further. */
export interface MessageStateChanged {
  /** It, as it is now. */
  readonly message: TimelineMessage;
  /** Set if it is `failed` or held back. */
  readonly failure: ClientErrorCode;
}

/** Somebody started or stopped typing; stops by itself after 3 seconds. */
export interface TypingChanged {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Who. 16 octets, hexadecimal. */
  readonly account: string;
  /** Its name. At most 64 octets. */
  readonly name: string;
  /** Started or stopped. */
  readonly typing: boolean;
}

/** A contact's identity is not the one known. */
export interface IdentityChanged {
  /** Whose. 16 octets, hexadecimal. */
  readonly account: string;
  /** Its name. At most 64 octets. */
  readonly name: string;
  /** `changed` stops sending. */
  readonly verification: Verification;
  /** English, for people. At most 512 octets. */
  readonly text: string;
}

/** An entry that cannot be shown. */
export interface Undecryptable {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Its place in the log. */
  readonly seq: number;
  /** Why. */
  readonly cause: UndecryptableCause;
  /** English, for people. At most 512 octets. */
  readonly text: string;
}

/** Something happened that an honest server does not do; it was refused. */
export interface SecurityNotice {
  /** What. */
  readonly kind: SecurityNoticeKind;
  /** Whom it concerns. 16 octets, hexadecimal. */
  readonly account?: string;
  /** Where. 16 octets, hexadecimal. */
  readonly conversation?: string;
  /** At which entry. */
  readonly seq?: number;
  /** English, for people. At most 512 octets. */
  readonly text: string;
}

/** The connection stands differently. */
export interface ConnectionChanged {
  /** How it stands. */
  readonly connection: Connection;
  /** When it is tried again, if it waits. Unix milliseconds. */
  readonly retry_at?: number;
}

/** The server ended this device's login; keys and messages stay. */
export interface LoggedOut {
  /** English, for people. At most 512 octets. */
  readonly text: string;
}

/** The account's own device list changed. */
export interface OwnDevicesChanged {
  /** Devices that are new on it. At most 32 elements of 16 octets, hexadecimal. */
  readonly added: readonly string[];
  /** Devices no longer on it. At most 32 elements of 16 octets, hexadecimal. */
  readonly removed: readonly string[];
  /** English, for people. At most 512 octets. */
  readonly text: string;
}

/** The backup was read. */
export interface BackupRead {
  /** How many packs. */
  readonly packs: number;
  /** How many keys of messages were in them. */
  readonly keys: number;
}

/** A message of somebody else is not what it was. */
export interface MessageChanged {
  /** It, as it is now. */
  readonly message: TimelineMessage;
}

/** A line is gone. */
export interface MessageRemoved {
  /** Where. 16 octets, hexadecimal. */
  readonly conversation: string;
  /** Which message it was. */
  readonly message: MessageReference;
  /** Its place in the log; 0 if it was never sent. */
  readonly seq: number;
}

/** A conversation is kept differently. */
export interface ConversationChanged {
  /** It, as it is now. */
  readonly conversation: ConversationSummary;
}

/** Whether a watched account is online. */
export interface PresenceChanged {
  /** Who. 16 octets, hexadecimal. */
  readonly account: string;
  /** Its name. At most 64 octets. */
  readonly name: string;
  /** Has a live stream now. */
  readonly online: boolean;
  /** When it last had one; 0 if that is not known. Unix milliseconds. */
  readonly last_seen: number;
}

/** What may be asked, by name. */
export interface Commands {
  readonly register_account: RegisterAccount;
  readonly log_in: LogIn;
  readonly log_out: LogOut;
  readonly who_am_i: WhoAmI;
  readonly list_devices: ListDevices;
  readonly list_logins: ListLogins;
  readonly revoke_login: RevokeLogin;
  readonly open_conversation: OpenConversation;
  readonly send_text: SendText;
  readonly list_conversations: ListConversations;
  readonly read_history: ReadHistory;
  readonly mark_read: MarkRead;
  readonly set_typing: SetTyping;
  readonly get_safety_number: GetSafetyNumber;
  readonly set_verified: SetVerified;
  readonly take_unannounced: TakeUnannounced;
  readonly announced: Announced;
  readonly get_status: GetStatus;
  readonly create_group: CreateGroup;
  readonly show_group: ShowGroup;
  readonly add_members: AddMembers;
  readonly remove_members: RemoveMembers;
  readonly leave_group: LeaveGroup;
  readonly set_role: SetRole;
  readonly change_group_profile: ChangeGroupProfile;
  readonly change_group_policies: ChangeGroupPolicies;
  readonly close_group: CloseGroup;
  readonly create_invitation: CreateInvitation;
  readonly list_invitations: ListInvitations;
  readonly revoke_invitation: RevokeInvitation;
  readonly join_group: JoinGroup;
  readonly list_join_requests: ListJoinRequests;
  readonly approve_join: ApproveJoin;
  readonly decline_join: DeclineJoin;
  readonly begin_linking: BeginLinking;
  readonly cancel_linking: CancelLinking;
  readonly accept_link: AcceptLink;
  readonly confirm_link: ConfirmLink;
  readonly remove_device: RemoveDevice;
  readonly create_backup: CreateBackup;
  readonly confirm_backup: ConfirmBackup;
  readonly get_backup_status: GetBackupStatus;
  readonly erase_backup: EraseBackup;
  readonly restore_backup: RestoreBackup;
  readonly reset_identity: ResetIdentity;
  readonly export_backup: ExportBackup;
  readonly react: React;
  readonly edit_message: EditMessage;
  readonly delete_message: DeleteMessage;
  readonly star_message: StarMessage;
  readonly set_timer: SetTimer;
  readonly send_typed: SendTyped;
  readonly cancel_message: CancelMessage;
  readonly read_edits: ReadEdits;
  readonly read_thread: ReadThread;
  readonly list_starred: ListStarred;
  readonly get_statistics: GetStatistics;
  readonly keep_conversation: KeepConversation;
  readonly set_application_setting: SetApplicationSetting;
  readonly list_application_settings: ListApplicationSettings;
  readonly change_privacy: ChangePrivacy;
  readonly watch_presence: WatchPresence;
  readonly block_account: BlockAccount;
  readonly list_blocked_accounts: ListBlockedAccounts;
  readonly describe_conversation: DescribeConversation;
  readonly report_conversation: ReportConversation;
  readonly name_device: NameDevice;
  readonly delete_conversation: DeleteConversation;
  readonly connect_now: ConnectNow;
  readonly audit_transparency: AuditTransparency;
  readonly get_transparency: GetTransparency;
  readonly compare_checkpoint: CompareCheckpoint;
  readonly search_messages: SearchMessages;
}

/** The one event that answers each command unless it fails, which is told by `Failed`. */
export interface Answers {
  readonly register_account: SignedIn;
  readonly log_in: SignedIn;
  readonly log_out: Done;
  readonly who_am_i: Identity;
  readonly list_devices: Devices;
  readonly list_logins: Logins;
  readonly revoke_login: Done;
  readonly open_conversation: Opened;
  readonly send_text: Queued;
  readonly list_conversations: ConversationList;
  readonly read_history: History;
  readonly mark_read: Done;
  readonly set_typing: Done;
  readonly get_safety_number: SafetyNumber;
  readonly set_verified: SafetyNumber;
  readonly take_unannounced: Unannounced;
  readonly announced: Done;
  readonly get_status: Status;
  readonly create_group: Opened;
  readonly show_group: GroupShown;
  readonly add_members: Done;
  readonly remove_members: Done;
  readonly leave_group: Done;
  readonly set_role: Done;
  readonly change_group_profile: Done;
  readonly change_group_policies: Done;
  readonly close_group: Done;
  readonly create_invitation: InvitationShown;
  readonly list_invitations: InvitationsShown;
  readonly revoke_invitation: Done;
  readonly join_group: GroupJoined;
  readonly list_join_requests: JoinRequestsShown;
  readonly approve_join: Done;
  readonly decline_join: Done;
  readonly begin_linking: LinkShown;
  readonly cancel_linking: Done;
  readonly accept_link: LinkProgress;
  readonly confirm_link: Done;
  readonly remove_device: Done;
  readonly create_backup: BackupCreated;
  readonly confirm_backup: Done;
  readonly get_backup_status: BackupShown;
  readonly erase_backup: Done;
  readonly restore_backup: Restored;
  readonly reset_identity: SignedIn;
  readonly export_backup: BackupExported;
  readonly react: Queued;
  readonly edit_message: Queued;
  readonly delete_message: Done;
  readonly star_message: Done;
  readonly set_timer: Queued;
  readonly send_typed: Queued;
  readonly cancel_message: Done;
  readonly read_edits: EditHistory;
  readonly read_thread: Messages;
  readonly list_starred: Messages;
  readonly get_statistics: Statistics;
  readonly keep_conversation: Done;
  readonly set_application_setting: Done;
  readonly list_application_settings: ApplicationSettings;
  readonly change_privacy: PrivacyShown;
  readonly watch_presence: Done;
  readonly block_account: Done;
  readonly list_blocked_accounts: BlockedAccounts;
  readonly describe_conversation: Queued;
  readonly report_conversation: Done;
  readonly name_device: Done;
  readonly delete_conversation: Done;
  readonly connect_now: Done;
  readonly audit_transparency: TransparencyAudit;
  readonly get_transparency: TransparencyStatus;
  readonly compare_checkpoint: CheckpointComparison;
  readonly search_messages: Found;
}

/** All that the engine tells, answers too, by name. */
export interface Events {
  readonly signed_in: SignedIn;
  readonly done: Done;
  readonly identity: Identity;
  readonly devices: Devices;
  readonly logins: Logins;
  readonly opened: Opened;
  readonly queued: Queued;
  readonly conversation_list: ConversationList;
  readonly history: History;
  readonly safety_number: SafetyNumber;
  readonly unannounced: Unannounced;
  readonly status: Status;
  readonly failed: Failed;
  readonly message_received: MessageReceived;
  readonly message_state_changed: MessageStateChanged;
  readonly typing_changed: TypingChanged;
  readonly identity_changed: IdentityChanged;
  readonly undecryptable: Undecryptable;
  readonly security_notice: SecurityNotice;
  readonly connection_changed: ConnectionChanged;
  readonly logged_out: LoggedOut;
  readonly group_shown: GroupShown;
  readonly invitation_shown: InvitationShown;
  readonly invitations_shown: InvitationsShown;
  readonly group_joined: GroupJoined;
  readonly join_requests_shown: JoinRequestsShown;
  readonly link_shown: LinkShown;
  readonly link_progress: LinkProgress;
  readonly own_devices_changed: OwnDevicesChanged;
  readonly backup_created: BackupCreated;
  readonly backup_shown: BackupShown;
  readonly restored: Restored;
  readonly backup_read: BackupRead;
  readonly backup_exported: BackupExported;
  readonly message_changed: MessageChanged;
  readonly message_removed: MessageRemoved;
  readonly messages: Messages;
  readonly edit_history: EditHistory;
  readonly statistics: Statistics;
  readonly application_settings: ApplicationSettings;
  readonly conversation_changed: ConversationChanged;
  readonly privacy_shown: PrivacyShown;
  readonly presence_changed: PresenceChanged;
  readonly blocked_accounts: BlockedAccounts;
  readonly transparency_audit: TransparencyAudit;
  readonly transparency_status: TransparencyStatus;
  readonly checkpoint_comparison: CheckpointComparison;
  readonly found: Found;
}

export type CommandName = keyof Commands;
export type EventName = keyof Events;
