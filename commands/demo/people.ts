/** Values that vary between rooms. */
export const items = ["table lamp", "bottle lamp", "ceiling light", "reading lamp", "wall light", "pendant"];
export const colours = ["green", "amber", "blue", "clear", "smoke", "white"];
export const cities = [
  "Pune",
  "Lisbon",
  "Lyon",
  "Leeds",
  "Osaka",
  "Graz",
  "Recife",
  "Cairo",
  "Oaxaca",
  "Ghent",
];
export const devices = [
  "Chrome on Android",
  "Safari on iPhone",
  "Firefox on Windows",
  "Chrome on macOS",
  "Edge on Windows",
];
export const pages = ["/", "/lamps", "/lamps/green", "/lamps/pendant", "/repairs", "/delivery", "/about"];

export const names: Record<string, string[]> = {
  en: [
    "Maya Holt",
    "Tom Ferris",
    "Grace Okafor",
    "Liam Doyle",
    "Priya Nair",
    "Owen Pritchard",
    "Ada Lindqvist",
  ],
  hi: ["आरव शर्मा", "मीरा जोशी", "कबीर वर्मा"],
  es: ["Lucía Ferrer", "Mateo Rojas", "Inés Campos"],
  fr: ["Camille Roux", "Hugo Lambert", "Zoé Marchal"],
  de: ["Jana Vogt", "Emil Brandner", "Rosa Thaler"],
  pt: ["Beatriz Moura", "Caio Teles", "Rui Antunes"],
  ar: ["ليلى حداد", "سامر منصور", "نور الدين"],
  ja: ["佐藤 美咲", "高橋 蓮", "山本 陽子"],
};

export const timeZones: Record<string, string> = {
  en: "Europe/London",
  hi: "Asia/Kolkata",
  es: "Europe/Madrid",
  fr: "Europe/Paris",
  de: "Europe/Berlin",
  pt: "America/Sao_Paulo",
  ar: "Africa/Cairo",
  ja: "Asia/Tokyo",
};
