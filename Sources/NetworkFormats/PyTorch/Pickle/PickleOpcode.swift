/// The instructions of pickles of protocols 2 to 5, but for data outside the pickle and the registry of extensions.
///
/// https://github.com/python/cpython/blob/main/Lib/pickletools.py
enum PickleOpcode: UInt8 {
  case mark = 0x28  // (
  case stop = 0x2E  // .
  case pop = 0x30  // 0
  case popMark = 0x31  // 1
  case duplicate = 0x32  // 2
  case binaryBytes = 0x42  // B
  case shortBinaryBytes = 0x43  // C
  case binaryInt = 0x4A  // J
  case binaryInt1 = 0x4B  // K
  case binaryInt2 = 0x4D  // M
  case none = 0x4E  // N
  case persistentID = 0x51  // Q
  case reduce = 0x52  // R
  case binaryString = 0x54  // T
  case shortBinaryString = 0x55  // U
  case binaryUnicode = 0x58  // X
  case emptyList = 0x5D  // ]
  case append = 0x61  // a
  case build = 0x62  // b
  case global = 0x63  // c
  case appends = 0x65  // e
  case binaryGet = 0x68  // h
  case longBinaryGet = 0x6A  // j
  case binaryPut = 0x71  // q
  case longBinaryPut = 0x72  // r
  case setItem = 0x73  // s
  case tuple = 0x74  // t
  case setItems = 0x75  // u
  case object = 0x6F  // o
  case emptyDictionary = 0x7D  // }
  case binaryFloat = 0x47  // G
  case emptyTuple = 0x29  // )
  case proto = 0x80
  case newObject = 0x81
  case tuple1 = 0x85
  case tuple2 = 0x86
  case tuple3 = 0x87
  case newTrue = 0x88
  case newFalse = 0x89
  case long1 = 0x8A
  case long4 = 0x8B
  case shortBinaryUnicode = 0x8C
  case longBinaryUnicode = 0x8D
  case longBinaryBytes = 0x8E
  case emptySet = 0x8F
  case addItems = 0x90
  case frozenSet = 0x91
  case newObjectWithKeywords = 0x92
  case stackGlobal = 0x93
  case memoize = 0x94
  case frame = 0x95
  case byteArray = 0x96
}
