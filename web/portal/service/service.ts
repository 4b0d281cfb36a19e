/** Where the service is: this page's own origin, unless the page names another (`<html data-service="https://…">`). */
export const service = (document.documentElement.dataset.service ?? location.origin).replace(/\/$/, "");

/** The address of a socket of the service. */
export const socketAddress = (path: string): string => service.replace(/^http/, "ws") + path;
