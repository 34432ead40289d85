export function freezeZoo() {}
