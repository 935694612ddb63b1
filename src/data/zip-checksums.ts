const END_OF_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1')
const ENTRY = Buffer.from('PK\x01\x02', 'latin1')

/** The CRC-32 of each entry of a ZIP archive, by its name: fflate unpacks without comparing them. */
export function zipChecksums(bytes: Buffer): ReadonlyMap<string, number> {
  const checksums = new Map<string, number>()
  let at = bytes.readUInt32LE(bytes.lastIndexOf(END_OF_DIRECTORY) + 16)
  while (bytes.subarray(at, at + ENTRY.length).equals(ENTRY)) {
    const name = at + 46
    const nameLength = bytes.readUInt16LE(at + 28)
    checksums.set(bytes.toString('utf8', name, name + nameLength), bytes.readUInt32LE(at + 16))
    at = name + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return checksums
}
