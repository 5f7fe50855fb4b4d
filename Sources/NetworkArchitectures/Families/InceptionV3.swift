internal import ConvolutionalNetworks

/// Inception v3 (Szegedy et al. 2015, https://arxiv.org/abs/1512.00567), as torchvision has it.
enum InceptionV3 {
  static func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 299)
    x = unit("Conv2d_1a_3x3", x, 32, 3, stride: 2, &b)
    x = unit("Conv2d_2a_3x3", x, 32, 3, &b)
    x = unit("Conv2d_2b_3x3", x, 64, 3, isPadded: true, &b)
    x = b.maxPool("maxpool1", x, kernel: 3, stride: 2)
    x = unit("Conv2d_3b_1x1", x, 80, 1, &b)
    x = unit("Conv2d_4a_3x3", x, 192, 3, &b)
    x = b.maxPool("maxpool2", x, kernel: 3, stride: 2)
    x = blockA("Mixed_5b", x, pooled: 32, &b)
    x = blockA("Mixed_5c", x, pooled: 64, &b)
    x = blockA("Mixed_5d", x, pooled: 64, &b)
    x = reductionB("Mixed_6a", x, &b)
    x = blockC("Mixed_6b", x, width: 128, &b)
    x = blockC("Mixed_6c", x, width: 160, &b)
    x = blockC("Mixed_6d", x, width: 160, &b)
    x = blockC("Mixed_6e", x, width: 192, &b)
    x = reductionD("Mixed_7a", x, &b)
    x = blockE("Mixed_7b", x, &b)
    x = blockE("Mixed_7c", x, &b)
    return b.linear("fc", b.globalAveragePool("avgpool", x), b.classCount)
  }

  private static func blockA(
    _ name: String, _ x: Feature, pooled: Int, _ b: inout NetworkBuilder
  ) -> Feature {
    let narrow = unit("\(name).branch1x1", x, 64, 1, &b)
    var wide = unit("\(name).branch5x5_1", x, 48, 1, &b)
    wide = unit("\(name).branch5x5_2", wide, 64, 5, isPadded: true, &b)
    var double = unit("\(name).branch3x3dbl_1", x, 64, 1, &b)
    double = unit("\(name).branch3x3dbl_2", double, 96, 3, isPadded: true, &b)
    double = unit("\(name).branch3x3dbl_3", double, 96, 3, isPadded: true, &b)
    return b.concatenate(name, [narrow, wide, double, pool(name, x, pooled, &b)])
  }

  private static func reductionB(_ name: String, _ x: Feature, _ b: inout NetworkBuilder)
    -> Feature
  {
    let single = unit("\(name).branch3x3", x, 384, 3, stride: 2, &b)
    var double = unit("\(name).branch3x3dbl_1", x, 64, 1, &b)
    double = unit("\(name).branch3x3dbl_2", double, 96, 3, isPadded: true, &b)
    double = unit("\(name).branch3x3dbl_3", double, 96, 3, stride: 2, &b)
    return b.concatenate(
      name, [single, double, b.maxPool("\(name).pool", x, kernel: 3, stride: 2)])
  }

  private static func blockC(
    _ name: String, _ x: Feature, width: Int, _ b: inout NetworkBuilder
  ) -> Feature {
    let narrow = unit("\(name).branch1x1", x, 192, 1, &b)
    var single = unit("\(name).branch7x7_1", x, width, 1, &b)
    single = row("\(name).branch7x7_2", single, width, 7, &b)
    single = column("\(name).branch7x7_3", single, 192, 7, &b)
    var double = unit("\(name).branch7x7dbl_1", x, width, 1, &b)
    double = column("\(name).branch7x7dbl_2", double, width, 7, &b)
    double = row("\(name).branch7x7dbl_3", double, width, 7, &b)
    double = column("\(name).branch7x7dbl_4", double, width, 7, &b)
    double = row("\(name).branch7x7dbl_5", double, 192, 7, &b)
    return b.concatenate(name, [narrow, single, double, pool(name, x, 192, &b)])
  }

  private static func reductionD(_ name: String, _ x: Feature, _ b: inout NetworkBuilder)
    -> Feature
  {
    var small = unit("\(name).branch3x3_1", x, 192, 1, &b)
    small = unit("\(name).branch3x3_2", small, 320, 3, stride: 2, &b)
    var large = unit("\(name).branch7x7x3_1", x, 192, 1, &b)
    large = row("\(name).branch7x7x3_2", large, 192, 7, &b)
    large = column("\(name).branch7x7x3_3", large, 192, 7, &b)
    large = unit("\(name).branch7x7x3_4", large, 192, 3, stride: 2, &b)
    return b.concatenate(
      name, [small, large, b.maxPool("\(name).pool", x, kernel: 3, stride: 2)])
  }

  private static func blockE(_ name: String, _ x: Feature, _ b: inout NetworkBuilder) -> Feature {
    let narrow = unit("\(name).branch1x1", x, 320, 1, &b)
    let single = unit("\(name).branch3x3_1", x, 384, 1, &b)
    let singles = b.concatenate(
      "\(name).branch3x3_2",
      [
        row("\(name).branch3x3_2a", single, 384, 3, &b),
        column("\(name).branch3x3_2b", single, 384, 3, &b),
      ])
    var double = unit("\(name).branch3x3dbl_1", x, 448, 1, &b)
    double = unit("\(name).branch3x3dbl_2", double, 384, 3, isPadded: true, &b)
    let doubles = b.concatenate(
      "\(name).branch3x3dbl_3",
      [
        row("\(name).branch3x3dbl_3a", double, 384, 3, &b),
        column("\(name).branch3x3dbl_3b", double, 384, 3, &b),
      ])
    return b.concatenate(name, [narrow, singles, doubles, pool(name, x, 192, &b)])
  }

  private static func pool(
    _ name: String, _ x: Feature, _ outputs: Int, _ b: inout NetworkBuilder
  ) -> Feature {
    let pooled = b.averagePool("\(name).pool", x, kernel: 3, stride: 1, padding: 1)
    return unit("\(name).branch_pool", pooled, outputs, 1, &b)
  }

  private static func unit(
    _ name: String, _ x: Feature, _ outputs: Int, _ kernel: Int, stride: Int = 1,
    isPadded: Bool = false, _ b: inout NetworkBuilder
  ) -> Feature {
    let padding = isPadded ? kernel / 2 : 0
    return b.inceptionUnit(
      name, x, outputs, kernel: [kernel, kernel], stride: stride, padding: [padding, padding])
  }

  /// A window one cell high.
  private static func row(
    _ name: String, _ x: Feature, _ outputs: Int, _ width: Int, _ b: inout NetworkBuilder
  ) -> Feature {
    b.inceptionUnit(name, x, outputs, kernel: [1, width], padding: [0, width / 2])
  }

  /// A window one cell wide.
  private static func column(
    _ name: String, _ x: Feature, _ outputs: Int, _ height: Int, _ b: inout NetworkBuilder
  ) -> Feature {
    b.inceptionUnit(name, x, outputs, kernel: [height, 1], padding: [height / 2, 0])
  }
}
