/** Names that stand for the service, its paths or nobody in particular: a person who had one could pass for them. */
const reserved = new Set(
  `abuse account accounts admin administrator admins anonymous api assets auth billing bot bots chat chatbot
  chatbots consumer consumers dashboard everybody everyone favicon healthz help hostmaster login logout messages
  metrics nobody none noreply no-reply null official operator parlor password portal postmaster privacy public
  readyz root room rooms security server service session sessions settings signin signout signup static status
  support superuser sysadmin system undefined unknown visitor visitors webmaster websocket widget www`.split(
    /\s+/,
  ),
);

/** Whether nobody may sign up under this name (in lower case). */
export function isReserved(username: string): boolean {
  return reserved.has(username);
}
