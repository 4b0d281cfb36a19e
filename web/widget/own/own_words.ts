import type { Phrases } from "../../ui/phrases.ts";
import { partPhrases } from "../part_phrases.ts";

const english = {
  more: "Change your message",
  edit: "Edit",
  delete: "Delete",
  cancel: "Cancel",
  editing: "Editing your message",
  ask: "Delete this message for everyone?",
  not_saved: "Not saved. Check your connection and send it again.",
  not_deleted: "Not deleted. Check your connection and try again.",
  too_late: "This message can no longer be changed.",
};
type Word = keyof typeof english;

/** What is said around changing an own text, by language. */
export const ownStrings: { en: typeof english } & Record<string, Record<Word, string>> = {
  en: english,
  hi: {
    more: "अपना संदेश बदलें",
    edit: "संपादित करें",
    delete: "हटाएँ",
    cancel: "रद्द करें",
    editing: "आपका संदेश संपादित हो रहा है",
    ask: "यह संदेश सभी के लिए हटाएँ?",
    not_saved: "सहेजा नहीं गया। अपना कनेक्शन जाँचें और फिर से भेजें।",
    not_deleted: "हटाया नहीं गया। अपना कनेक्शन जाँचें और फिर कोशिश करें।",
    too_late: "यह संदेश अब बदला नहीं जा सकता।",
  },
  es: {
    more: "Cambiar tu mensaje",
    edit: "Editar",
    delete: "Eliminar",
    cancel: "Cancelar",
    editing: "Editando tu mensaje",
    ask: "¿Eliminar este mensaje para todos?",
    not_saved: "No se guardó. Revisa tu conexión y envíalo de nuevo.",
    not_deleted: "No se eliminó. Revisa tu conexión e inténtalo de nuevo.",
    too_late: "Este mensaje ya no se puede cambiar.",
  },
  fr: {
    more: "Changer votre message",
    edit: "Modifier",
    delete: "Supprimer",
    cancel: "Annuler",
    editing: "Modification de votre message",
    ask: "Supprimer ce message pour tout le monde ?",
    not_saved: "Non enregistré. Vérifiez votre connexion et renvoyez-le.",
    not_deleted: "Non supprimé. Vérifiez votre connexion et réessayez.",
    too_late: "Ce message ne peut plus être changé.",
  },
  de: {
    more: "Ihre Nachricht ändern",
    edit: "Bearbeiten",
    delete: "Löschen",
    cancel: "Abbrechen",
    editing: "Ihre Nachricht wird bearbeitet",
    ask: "Diese Nachricht für alle löschen?",
    not_saved: "Nicht gespeichert. Prüfen Sie die Verbindung und senden Sie noch einmal.",
    not_deleted: "Nicht gelöscht. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.",
    too_late: "Diese Nachricht kann nicht mehr geändert werden.",
  },
  pt: {
    more: "Alterar sua mensagem",
    edit: "Editar",
    delete: "Excluir",
    cancel: "Cancelar",
    editing: "Editando sua mensagem",
    ask: "Excluir esta mensagem para todos?",
    not_saved: "Não foi salva. Verifique sua conexão e envie de novo.",
    not_deleted: "Não foi excluída. Verifique sua conexão e tente de novo.",
    too_late: "Esta mensagem não pode mais ser alterada.",
  },
  ar: {
    more: "تغيير رسالتك",
    edit: "تعديل",
    delete: "حذف",
    cancel: "إلغاء",
    editing: "جارٍ تعديل رسالتك",
    ask: "هل تريد حذف هذه الرسالة لدى الجميع؟",
    not_saved: "لم يتم الحفظ. تحقق من اتصالك وأرسلها مرة أخرى.",
    not_deleted: "لم يتم الحذف. تحقق من اتصالك وحاول مرة أخرى.",
    too_late: "لم يعد من الممكن تغيير هذه الرسالة.",
  },
  ja: {
    more: "メッセージを変更",
    edit: "編集",
    delete: "削除",
    cancel: "キャンセル",
    editing: "メッセージを編集中",
    ask: "このメッセージを全員の画面から削除しますか？",
    not_saved: "保存できませんでした。接続を確認して、もう一度送信してください。",
    not_deleted: "削除できませんでした。接続を確認して、もう一度お試しください。",
    too_late: "このメッセージはもう変更できません。",
  },
};

/** The words of one language. */
export function ownWords(locale: string): Phrases<Word> {
  return partPhrases(ownStrings, locale);
}
