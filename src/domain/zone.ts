/** Seconds to add to UTC to get wall-clock time in the zone at that moment. */
export declare const offsetSeconds: (timeZone: string, unixSeconds: number) => number;
/** `yyyy-mm-dd` of a moment in the zone. */
export declare const dayOf: (timeZone: string, unixSeconds: number) => string;
/** `yyyy-mm-dd hh:mm:ss` of a moment in the zone. */
export declare const wallClock: (timeZone: string, unixSeconds: number) => string;
/** Unix seconds of `yyyy-mm-dd` (midnight) or `yyyy-mm-ddThh:mm[:ss]` wall-clock time in the zone, or of an ISO time with its own offset; null when unreadable. */
export declare const parseTime: (timeZone: string, text: string) => number | null;
