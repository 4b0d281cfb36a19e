import type { NewAnswer, NewArticle } from "../../protocol/knowledge.ts";

type Written = Pick<NewAnswer, "title" | "phrases" | "body"> & Partial<Pick<NewAnswer, "locales">>;

/** What the lamp workshop's chatbot answers. */
export const answers: readonly Written[] = [
  {
    title: "Where is my order?",
    phrases: [
      "track my order",
      "my parcel has not arrived",
      "has my order been sent yet",
      "when will my lamp arrive",
      "the carrier says nothing about my parcel",
      "tracking number",
      "my delivery is late",
    ],
    body:
      "As soon as an order leaves the workshop we mail you a link to follow it. Most parcels take two to four days. " +
      "If the link has not moved for three days, tell us your order number and a colleague looks into it.",
    locales: {
      de: {
        title: "Wo ist meine Bestellung?",
        phrases: ["Sendungsverfolgung", "mein Paket ist nicht da", "wann kommt meine Lampe an"],
        body:
          "Sobald eine Bestellung die Werkstatt verlässt, schicken wir Ihnen einen Link zum Verfolgen. Meist dauert es " +
          "zwei bis vier Tage.",
      },
      es: {
        title: "¿Dónde está mi pedido?",
        phrases: ["seguimiento de mi pedido", "mi paquete no ha llegado", "cuándo llega mi lámpara"],
        body:
          "En cuanto un pedido sale del taller le enviamos un enlace para seguirlo. Suele tardar de dos a cuatro días.",
      },
    },
  },
  {
    title: "How much is delivery?",
    phrases: [
      "what does shipping cost",
      "is delivery free",
      "postage fee",
      "shipping price",
      "how much do you charge to send a lamp",
      "free shipping from what amount",
    ],
    body: "Delivery costs 6 € in the country and 14 € to the rest of Europe. Above 120 € it is free.",
    locales: {
      de: {
        title: "Was kostet der Versand?",
        phrases: ["Versandkosten", "ist die Lieferung kostenlos", "ab wann versandkostenfrei"],
        body: "Der Versand kostet 6 € im Inland und 14 € ins übrige Europa. Ab 120 € ist er kostenlos.",
      },
    },
  },
  {
    title: "Which countries do you ship to?",
    phrases: [
      "do you ship to Norway",
      "can you deliver abroad",
      "international shipping",
      "do you send lamps outside Europe",
      "delivery to Switzerland",
      "is my country on your list",
    ],
    body:
      "We send lamps to all of Europe. Elsewhere we ask a carrier for a price first: tell us the country and the lamp.",
  },
  {
    title: "How do I return a lamp?",
    phrases: [
      "I want to send it back",
      "return an order",
      "it does not fit, can I give it back",
      "money back",
      "how long do I have to return something",
      "refund for a lamp I do not like",
    ],
    body:
      "You have 30 days. Pack the lamp as it came, print the label from your order's page, and hand it to any parcel " +
      "shop. The money is back within five days of its arrival here.",
    locales: {
      es: {
        title: "¿Cómo devuelvo una lámpara?",
        phrases: ["quiero devolver mi pedido", "plazo de devolución", "reembolso"],
        body:
          "Tiene 30 días. Imprima la etiqueta en la página de su pedido y entregue el paquete en una oficina.",
      },
    },
  },
  {
    title: "My lamp arrived broken",
    phrases: [
      "the glass is cracked",
      "it was damaged in the post",
      "the shade is broken",
      "parcel arrived damaged",
      "there is a crack in my lamp",
      "scratches on the base",
    ],
    body:
      "We are sorry. Please do not use it. Send us your order number here and a new one leaves today; the broken one " +
      "need not come back.",
  },
  {
    title: "Which bulb does it take?",
    phrases: [
      "what socket does the lamp have",
      "is a bulb included",
      "E14 or E27",
      "how many watts",
      "can I use a LED bulb",
      "bulb size",
      "is it dimmable",
    ],
    body:
      "Table lamps take E14 up to 40 W, floor lamps E27 up to 60 W, or an LED of that size. One warm white LED " +
      "(2,700 K) is in every box. All our lamps can be dimmed with a dimmable bulb.",
  },
  {
    title: "How do I clean my lamp?",
    phrases: [
      "how to clean the glass",
      "can I wash the shade",
      "care for brass",
      "dust on a linen shade",
      "stains on my lampshade",
    ],
    body:
      "Unplug it first. Glass and brass: a damp cloth, no cleaning agent. Linen shades: a soft brush, or the lowest step " +
      "of a vacuum cleaner.",
  },
  {
    title: "Can I change or cancel my order?",
    phrases: [
      "cancel my order",
      "I ordered the wrong colour",
      "change the delivery address",
      "I made a mistake in my order",
      "stop my order please",
      "add something to my order",
    ],
    body:
      "Until it is packed, yes: usually for three hours. Write your order number and the change, and a colleague does it.",
  },
  {
    title: "How can I pay?",
    phrases: [
      "which payment methods do you take",
      "do you accept cards",
      "can I pay by invoice",
      "PayPal",
      "pay in instalments",
      "is bank transfer possible",
    ],
    body: "By card, bank transfer or direct debit. Companies in Europe may pay by invoice within 14 days.",
  },
  {
    title: "Do you make lamps to order?",
    phrases: [
      "custom lamp",
      "can I have it in another colour",
      "a longer cable",
      "lamp for a restaurant, forty pieces",
      "do you do special sizes",
    ],
    body:
      "We do. Another colour or cable takes two weeks, a drawing of your own six. Tell us what you have in mind.",
  },
  {
    title: "Is there a guarantee?",
    phrases: [
      "warranty",
      "how long is the guarantee",
      "my lamp stopped working after a year",
      "do you repair lamps",
      "spare parts",
      "the switch is broken",
    ],
    body:
      "Five years on everything but bulbs. After that we repair what we made, for the price of the parts.",
  },
  {
    title: "Where can I see the lamps?",
    phrases: [
      "do you have a shop",
      "showroom",
      "address of the workshop",
      "can I visit you",
      "opening hours of the shop",
    ],
    body: "In the workshop, 12 Canal Street, from Monday to Saturday between 10 and 6. Coffee is on us.",
  },
];

/** Titles of the answers that are offered before the first text. */
export const suggested = [
  "Where is my order?",
  "How much is delivery?",
  "Which bulb does it take?",
  "How do I return a lamp?",
];

/** Longer texts. */
export const articles: readonly Pick<NewArticle, "title" | "body">[] = [
  {
    title: "Hanging a pendant lamp",
    body:
      "# Before you begin\n\nSwitch the fuse off and check that there is no current. A ceiling of plasterboard needs " +
      "the toggle plug that is in the bag.\n\n# The hook\n\nDrill 6 mm wide and 40 mm deep. The hook carries 10 kg; our " +
      "heaviest pendant weighs 3.4 kg.\n\n# The cable\n\nPush the rose up, lead the cable through it, and cut it no " +
      "shorter than 20 cm below the ceiling. Brown goes to L, blue to N, green and yellow to earth.\n\n# Height\n\nAbove a " +
      "table the lower edge hangs 60 cm over the table top, in a room 210 cm over the floor.",
  },
  {
    title: "Choosing the light",
    body:
      "# Warm or neutral\n\n2,700 K is the light of an evening, 4,000 K that of a desk. Two lamps in one room should " +
      "have the same.\n\n# How bright\n\nA reading corner needs 450 lumen, a dining table 800, a work top 1,000.\n\n" +
      "# Colours\n\nLook for a CRI of 90 or more: food and faces look grey under less.",
  },
];
