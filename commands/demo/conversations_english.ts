import type { Conversation } from "./conversation.ts";

const written: Conversation["lines"][] = [
  [
    ["v", "Hello! Do you still have the {colour} {item}?"],
    ["a", "Hi, yes we do. Two are left, both 42 cm tall."],
    ["v", "Lovely. Could you put one aside until Friday?"],
    ["a", "Done. It has your name on it."],
    ["v", "Thank you so much 🙂"],
    ["r"],
  ],
  [["v", "Where is my order {order}?"]],
  [
    ["v", "Where is my order {order}? It was meant to be here on Monday."],
    ["a", "Let me look that up for you."],
    ["a", "It left us on Saturday and is in {city} now. The carrier says tomorrow before noon."],
    ["v", "Great, I will be at home then."],
    ["r"],
  ],
  [
    ["v", "The {item} arrived with a crack in the glass. I have a photo."],
    [
      "a",
      "I am sorry about that! Please don't use it. We will send a new one today, and you need not send the old one back.",
    ],
    ["v", "That was quick. Thank you!"],
    ["a", "It is on its way: order {order}-B."],
    ["v", "Arrived, and it is perfect."],
    ["r"],
  ],
  [
    ["v", "Which bulb does the {item} take?"],
    ["a", "Any E14 up to 40 W, or an LED of the same size. A warm white one (2,700 K) looks best."],
    ["v", "And is one included?"],
  ],
  [
    ["v", "Do you ship to {city}?"],
    ["a", "We do, it takes three to five days and costs the same as at home."],
    ["v", "Perfect."],
    ["r"],
  ],
  [
    ["v", "hi"],
    ["v", "is anybody there?"],
  ],
  [
    [
      "v",
      "I would like to order twelve of the {colour} {item} for a café in {city}. Is there a price for that many?",
    ],
    ["a", "How nice! From ten on we take 15 % off, and the delivery is on us."],
    ["v", "That sounds good. The wiring would have to pass an inspection: do you have the certificates?"],
    [
      "a",
      "Yes: every lamp is tested twice and comes with its own sheet. I can send you one to look at beforehand.",
    ],
    ["v", "Please do. We open on the 14th, so they would have to be here a week before."],
    ["a", "We can have twelve ready by the 3rd. Shall I write you an offer?"],
    ["v", "Yes please, to the address I left here."],
    ["a", "Sent. Take your time with it, the price holds for a month."],
    ["v", "Signed and sent back!"],
    ["a", "And we have begun. You will hear from us when they are packed."],
  ],
  [
    ["v", "Can I pay on delivery?"],
    ["a", "Not at the moment: by card, by transfer, or here in the workshop in cash."],
    ["v", "By card then, thanks."],
    ["r"],
  ],
  [
    ["v", "I ordered the wrong colour by mistake ({order}). Can I still change it to {colour}?"],
    ["a", "It was not packed yet, so yes. Changed to {colour}."],
    ["v", "You saved my day"],
    ["r"],
  ],
  [
    ["v", "The switch on my {item} hums when the dimmer is low. Is that dangerous?"],
    [
      "a",
      "Not dangerous, just annoying: most dimmers hum below a tenth of their range with an LED. Which dimmer is it?",
    ],
    ["v", "It says 'leading edge' on it, 60-300 W."],
    [
      "a",
      "That explains it. It wants at least 60 W and your bulb takes 4. A 'trailing edge' one from 3 W on will be silent.",
    ],
    ["v", "Ah! I would never have found that out."],
    ["a", "Any electrician has them. If it still hums then, send it to us and we will look at it."],
    ["v", "Will do. Thanks for explaining."],
    ["r"],
  ],
  [
    ["v", "Do you repair lamps that are not yours?"],
    ["a", "If they are older than we are, gladly. What is it?"],
    ["v", "My grandmother's {item}, from about 1930. The cable is brittle and I dare not plug it in."],
    [
      "a",
      "Right so, please don't. A new cable and a new socket are about an hour's work. Can you bring it by?",
    ],
    ["v", "I live in {city}, so I would have to send it."],
    ["a", "Wrap the glass twice and it will be fine. I will put the address into a mail."],
  ],
  [
    ["v", "What are your opening hours on Saturday?"],
    ["a", "From ten to four."],
    ["v", "👍"],
    ["r"],
  ],
  [
    ["v", "I never got an invoice for {order}, and my accountant is asking for it."],
    ["a", "Here it comes again, to the same address. Could you look into the spam folder too?"],
    ["v", "There it was. Both of them. Sorry!"],
    ["a", "No harm done."],
    ["r"],
  ],
  [
    ["v", "Is the {item} waterproof? It would hang under a roof, but outside."],
    [
      "a",
      "It is made for inside. Under a roof it may last for years or for weeks, depending on the wind. We would rather not promise it.",
    ],
    ["v", "An honest answer. What would you take instead?"],
    ["a", "The bottle lantern: same glass, sealed socket, IP44."],
    ["v", "I'll think about it"],
  ],
  [
    ["v", "I'd like to cancel {order} please."],
    [
      "a",
      "Cancelled, and the money is on its way back: two to four days, depending on your bank. May I ask why?",
    ],
    ["v", "We are moving, and the new ceiling is too low for it."],
    ["a", "Then all the best for the new home!"],
    ["r"],
  ],
  [[
    "v",
    "Your shop does not let me add more than one {item} to the basket. The + does nothing on my phone.",
  ]],
  [
    ["v", "How do I clean the glass without scratching it?"],
    [
      "a",
      "Lukewarm water, a drop of washing-up liquid, a soft cloth. No glass cleaner: the alcohol makes old glass dull in the end.",
    ],
    ["v", "ok thanks"],
    ["r"],
  ],
];

export const english: Conversation[] = written.map((lines) => ({ locale: "en-GB", lines }));
