import { defineText } from "../../design/text";

/** What the pages of the settings are called, in the settings and where one goes there from. */
export const pageNames = defineText({
  en: {
    profile: "Profile",
    devices: "Devices",
    verification: "Verification",
    backup: "Backup and recovery",
    privacy: "Privacy",
    notifications: "Notifications",
    appearance: "Appearance",
    language: "Language",
    storage: "Storage",
    about: "About Sotto",
  },
  de: {
    profile: "Profil",
    devices: "Geräte",
    verification: "Verifizierung",
    backup: "Sicherung und Wiederherstellung",
    privacy: "Privatsphäre",
    notifications: "Benachrichtigungen",
    appearance: "Darstellung",
    language: "Sprache",
    storage: "Speicher",
    about: "Über Sotto",
  },
});
