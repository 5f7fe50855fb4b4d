@preconcurrency import CFVHDF5
import Foundation

/// HDF5 files grown from structure by libhdf5 itself: links of every kind, storage in and out of the file, filters,
/// chunks and extents of any size, around the groups that Keras writes.
struct GrownHDF5 {
  private let file: hid_t
  /// A file that none of these may have read as weights.
  private let secret: URL

  /// Writes a file, while nobody else uses the library.
  static func write(to url: URL, secret: URL, _ random: inout FuzzRandom) {
    H5open()
    let file = H5Fcreate(url.path, 2, 0, 0)
    guard file >= 0 else { return }
    defer { H5Fclose(file) }
    GrownHDF5(file: file, secret: secret).grow(&random)
  }

  private func grow(_ random: inout FuzzRandom) {
    addText("keras_version", "2.15.0", to: file)
    addText("model_config", configuration(&random), to: file)
    let isNested = random.once(in: 2)
    let root = isNested ? group("model_weights", in: file) : file
    defer { if isNested { H5Gclose(root) } }
    let layers = (0...random.below(3)).map { "d\($0)" }
    addList("layer_names", layers + (random.once(in: 6) ? ["ghost"] : []), to: root)
    for layer in layers { addLayer(layer, in: root, &random) }
  }

  private func configuration(_ random: inout FuzzRandom) -> String {
    let layers = (0...random.below(3)).map {
      """
      {"class_name": "Dense", "config": {"name": "d\($0)", "units": 3, "activation": "relu", \
      "use_bias": false, "batch_input_shape": [null, 4]}}
      """
    }
    return
      #"{"class_name": "Sequential", "config": {"layers": [\#(layers.joined(separator: ","))]}}"#
  }

  private func addLayer(_ name: String, in root: hid_t, _ random: inout FuzzRandom) {
    if random.once(in: 6) { return addLink(name, in: root, &random) }
    let layer = group(name, in: root)
    defer { H5Gclose(layer) }
    // Groups within one another to any depth, some of which hold themselves.
    let depth = random.once(in: 6) ? 1 << random.below(9) : 1
    let path = Array(repeating: "g", count: depth).joined(separator: "/")
    addList("weight_names", ["\(path)/kernel:0"], to: layer)
    var inner = layer
    var opened: [hid_t] = []
    for _ in 0..<depth {
      if random.once(in: 20) {
        H5Lcreate_hard(layer, ".", inner, "g", 0, 0)
        break
      }
      inner = group("g", in: inner)
      opened.append(inner)
    }
    if random.once(in: 4) {
      addLink("kernel:0", in: inner, &random)
    } else {
      addDataset("kernel:0", in: inner, &random)
    }
    for group in opened.reversed() { H5Gclose(group) }
  }

  private func addLink(_ name: String, in group: hid_t, _ random: inout FuzzRandom) {
    switch random.below(4) {
    case 0: H5Lcreate_soft("/model_weights/d0", group, name, 0, 0)
    case 1: H5Lcreate_soft(name, group, name, 0, 0)
    case 2: H5Lcreate_external(secret.path, "/", group, name, 0, 0)
    default: H5Lcreate_hard(file, "/", group, name, 0, 0)
    }
  }

  private func addDataset(_ name: String, in group: hid_t, _ random: inout FuzzRandom) {
    let isHuge = random.once(in: 4)
    var extents: [hsize_t] =
      isHuge ? [1 << random.below(40), 1 << random.below(20)] : [4, 3]
    let space = H5Screate_simple(2, &extents, nil)
    defer { H5Sclose(space) }
    let properties = H5Pcreate(H5P_CLS_DATASET_CREATE_ID_g)
    defer { H5Pclose(properties) }
    switch random.below(6) {
    case 0:
      let bytes = extents.reduce(hsize_t(4)) { $0.multipliedReportingOverflow(by: $1).partialValue }
      H5Pset_external(properties, secret.path, 0, bytes)
    case 1: H5Pset_virtual(properties, space, secret.path, "/data", space)
    case 2, 3:
      var chunk: [hsize_t] = isHuge ? [1 << random.below(14), 1 << random.below(12)] : [2, 3]
      chunk = zip(chunk, extents).map { min($0, $1) }
      H5Pset_chunk(properties, 2, &chunk)
      for _ in 0..<random.below(3) { H5Pset_deflate(properties, 9) }
      if random.once(in: 2) { H5Pset_shuffle(properties) }
      if random.once(in: 4) { H5Pset_scaleoffset(properties, H5Z_SO_INT, 0) }
    default: break
    }
    let type = random.one(of: [
      H5T_IEEE_F32LE_g, H5T_IEEE_F64BE_g, H5T_STD_I16LE_g, H5T_C_S1_g, H5T_STD_REF_OBJ_g,
    ])
    let dataset = H5Dcreate2(group, name, type, space, 0, properties, 0)
    guard dataset >= 0 else { return }
    defer { H5Dclose(dataset) }
    if H5Pget_layout(properties) == H5D_CHUNKED, !isHuge, random.once(in: 2) {
      addChunks(to: dataset, &random)
      return
    }
    // Nothing is written where that would fill the disk, or the secret file.
    guard !isHuge, H5Pget_external_count(properties) == 0,
      H5Pget_layout(properties) != H5D_VIRTUAL, type == H5T_IEEE_F32LE_g, random.once(in: 2)
    else { return }
    let numbers = (0..<12).map { Float($0) }
    H5Dwrite(dataset, H5T_NATIVE_FLOAT_g, 0, 0, 0, numbers)
  }

  /// Chunks that become any number of bytes when they are inflated.
  private func addChunks(to dataset: hid_t, _ random: inout FuzzRandom) {
    for row in [0, 2] as [hsize_t] {
      let plain = [UInt8](
        repeating: 7, count: random.one(of: [0, 20, 24, 24, 28, 1 << random.below(24)]))
      var count = compressBound(uLong(plain.count))
      var bytes = [UInt8](repeating: 0, count: Int(count))
      compress(&bytes, &count, plain, uLong(plain.count))
      if random.once(in: 4) { bytes[random.below(Int(count))] ^= 1 }
      H5Dwrite_chunk(dataset, 0, UInt32(random.below(4)), [row, 0], Int(count), bytes)
    }
  }

  private func group(_ name: String, in parent: hid_t) -> hid_t {
    H5Gcreate2(parent, name, 0, 0, 0)
  }

  private func addText(_ name: String, _ text: String, to object: hid_t) {
    addList(name, [text], to: object)
  }

  /// Texts of equal length, as Keras writes them.
  private func addList(_ name: String, _ texts: [String], to object: hid_t) {
    let length = (texts.map(\.utf8.count).max() ?? 0) + 1
    let type = H5Tcopy(H5T_C_S1_g)
    defer { H5Tclose(type) }
    H5Tset_size(type, length)
    var count = hsize_t(texts.count)
    let space = H5Screate_simple(1, &count, nil)
    defer { H5Sclose(space) }
    let attribute = H5Acreate2(object, name, type, space, 0, 0)
    guard attribute >= 0 else { return }
    defer { H5Aclose(attribute) }
    let bytes = texts.flatMap { text in
      Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count)
    }
    H5Awrite(attribute, type, bytes)
  }
}
