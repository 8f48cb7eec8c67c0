/** A checkpoint of three lines, a blank line, and signature lines (C2SP signed-note). */
const NOTE = /^[^\n]+\n\d+\n[A-Za-z0-9+/]+=*\n\n(?:\u2014 [^\n]+\n)+/gmu;

/** The signed notes in such a file, oldest first, for `audit verify`. What a crash tore is passed over. */
export const notesIn = (text: string): readonly string[] => text.match(NOTE) ?? [];
