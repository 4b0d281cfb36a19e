/** What every page of the chatbot says, in English. Each tab has a table of its own beside its code. */
export const botStrings = {
  bot_answers: "Answers",
  bot_articles: "Articles",
  bot_flows: "Flows",
  bot_review: "Review",
  bot_try: "Try it",
  bot_settings: "Settings",
  bot_read_only: "You can read this. Owners and managers can change it.",
};
