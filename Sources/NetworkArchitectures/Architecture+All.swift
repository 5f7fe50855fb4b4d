internal import ConvolutionalNetworks

extension Architecture {
  /// Every architecture, in the order of their publication.
  public static let all: [Architecture] =
    [alexNet] + vggs + [squeezeNet, compactSqueezeNet, googLeNet, bvlcGoogLeNet, inceptionV3]
    + resNets + cifarResNets + resNetV2s
    + [mobileNetV1, mobileNetV2, mobileNetV3Small, mobileNetV3Large, denseNet121, efficientNetB0]
    + efficientNetLites + [convNeXtTiny]

  /// The architecture of this name.
  ///
  /// - Throws: `ArchitectureError.unknownName` with the names that there are.
  public init(named name: String) throws(ArchitectureError) {
    guard let architecture = Self.all.first(where: { $0.name == name }) else {
      throw .unknownName(name, known: Self.all.map(\.name))
    }
    self = architecture
  }

  static let alexNet = Architecture(
    "alexnet", .torchvision, published: .torchvision("alexnet-owt-7be5be79.pth"),
    build: AlexNet.build)

  private static let vggs: [Architecture] = [
    vgg("vgg11", [1, 1, 2, 2, 2], "vgg11-8a719046.pth"),
    vgg("vgg13", [2, 2, 2, 2, 2], "vgg13-19584684.pth"),
    vgg("vgg16", [2, 2, 3, 3, 3], "vgg16-397923af.pth"),
    vgg("vgg19", [2, 2, 4, 4, 4], "vgg19-dcbb9e9d.pth"),
    vgg("vgg11-bn", [1, 1, 2, 2, 2], "vgg11_bn-6002323d.pth"),
    vgg("vgg13-bn", [2, 2, 2, 2, 2], "vgg13_bn-abd245e5.pth"),
    vgg("vgg16-bn", [2, 2, 3, 3, 3], "vgg16_bn-6c64b313.pth"),
    vgg("vgg19-bn", [2, 2, 4, 4, 4], "vgg19_bn-c79401a0.pth"),
  ]

  private static func vgg(_ name: String, _ depths: [Int], _ file: String) -> Architecture {
    let family = VGG(depths: depths, isNormalized: name.hasSuffix("-bn"))
    return Architecture(
      name, .torchvision, published: .torchvision(file), build: { family.build(&$0) })
  }

  static let squeezeNet = Architecture(
    "squeezenet1.0", .torchvision, published: .torchvision("squeezenet1_0-b66bff10.pth"),
    build: SqueezeNet.build)

  static let compactSqueezeNet = Architecture(
    "squeezenet1.1", .torchvision, published: .torchvision("squeezenet1_1-b8a52dc0.pth"),
    build: SqueezeNet.buildCompact)

  static let googLeNet = Architecture(
    "googlenet", .symmetric, published: .torchvision("googlenet-1378be20.pth"),
    trainingOnly: ["aux1.", "aux2."], build: GoogLeNet.build)

  /// Its weights are published in Caffe's format, and as ONNX with the whole network.
  static let bvlcGoogLeNet = Architecture(
    "bvlc-googlenet", .caffe, published: nil, build: BVLCGoogLeNet.build)

  static let inceptionV3 = Architecture(
    "inception-v3", .symmetric, published: .torchvision("inception_v3_google-0cc3c7bd.pth"),
    trainingOnly: ["AuxLogits."], build: InceptionV3.build)

  private static let resNets: [Architecture] = [
    resNet("resnet18", [2, 2, 2, 2], hasBottlenecks: false, "resnet18-f37072fd.pth"),
    resNet("resnet34", [3, 4, 6, 3], hasBottlenecks: false, "resnet34-b627a593.pth"),
    resNet("resnet50", [3, 4, 6, 3], hasBottlenecks: true, "resnet50-0676ba61.pth"),
    resNet("resnet101", [3, 4, 23, 3], hasBottlenecks: true, "resnet101-63fe2227.pth"),
    resNet("resnet152", [3, 8, 36, 3], hasBottlenecks: true, "resnet152-394f9c45.pth"),
  ]

  private static func resNet(
    _ name: String, _ depths: [Int], hasBottlenecks: Bool, _ file: String
  ) -> Architecture {
    let family = ResNet(depths: depths, hasBottlenecks: hasBottlenecks)
    return Architecture(
      name, .torchvision, published: .torchvision(file), build: { family.build(&$0) })
  }

  private static let cifarResNets: [Architecture] = [
    cifarResNet(20, "12fca82f"), cifarResNet(32, "d509ac18"), cifarResNet(44, "014dd654"),
    cifarResNet(56, "4bfd9763"),
  ]

  private static func cifarResNet(_ layers: Int, _ hash: String) -> Architecture {
    let family = CIFARResNet(depth: (layers - 2) / 6)
    let folder = "https://github.com/akamaster/pytorch_resnet_cifar10/raw/master/pretrained_models"
    return Architecture(
      "resnet\(layers)-cifar", .torchvision, classes: .cifar10,
      published: PublishedWeights("\(folder)/resnet\(layers)-\(hash).th"),
      build: { family.build(&$0) })
  }

  private static let resNetV2s: [Architecture] = [
    resNetV2("resnet50v2", [3, 4, 6, 3]), resNetV2("resnet101v2", [3, 4, 23, 3]),
    resNetV2("resnet152v2", [3, 8, 36, 3]),
  ]

  private static func resNetV2(_ name: String, _ depths: [Int]) -> Architecture {
    let family = ResNetV2(depths: depths)
    return Architecture(
      name, .keras, layout: .channelsLast,
      published: .keras("resnet/\(name)_weights_tf_dim_ordering_tf_kernels.h5"),
      build: { family.build(&$0) })
  }

  static let mobileNetV1 = Architecture(
    "mobilenet-v1", .keras, layout: .channelsLast,
    published: .keras("mobilenet/mobilenet_1_0_224_tf.h5"), build: MobileNetV1.build)

  static let mobileNetV2 = Architecture(
    "mobilenet-v2", .torchvision, published: .torchvision("mobilenet_v2-b0353104.pth"),
    build: MobileNetV2.build)

  static let mobileNetV3Small = Architecture(
    "mobilenet-v3-small", .torchvision, published: .torchvision("mobilenet_v3_small-047dcff4.pth"),
    build: { MobileNetV3.small.build(&$0) })

  static let mobileNetV3Large = Architecture(
    "mobilenet-v3-large", .torchvision, published: .torchvision("mobilenet_v3_large-8738ca79.pth"),
    build: { MobileNetV3.large.build(&$0) })

  static let denseNet121 = Architecture(
    "densenet121", .torchvision, published: .torchvision("densenet121-a639ec97.pth"),
    otherName: DenseNet.publishedName,
    build: { DenseNet(depths: [6, 12, 24, 16]).build(&$0) })

  static let efficientNetB0 = Architecture(
    "efficientnet-b0", .torchvision,
    published: .torchvision("efficientnet_b0_rwightman-7f5810bc.pth"), build: EfficientNet.build)

  private static let efficientNetLites: [Architecture] = [
    efficientNetLite(0, width: 1, depth: 1, side: 224),
    efficientNetLite(1, width: 1, depth: 1.1, side: 240),
    efficientNetLite(2, width: 1.1, depth: 1.2, side: 260),
    efficientNetLite(3, width: 1.2, depth: 1.4, side: 280),
    efficientNetLite(4, width: 1.4, depth: 1.8, side: 300),
  ]

  /// Their weights are published inside packages of Python.
  private static func efficientNetLite(
    _ number: Int, width: Double, depth: Double, side: Int
  ) -> Architecture {
    let family = EfficientNetLite(width: width, depth: depth, side: side)
    return Architecture(
      "efficientnet-lite\(number)", .byteHalves, published: nil, build: { family.build(&$0) })
  }

  static let convNeXtTiny = Architecture(
    "convnext-tiny", .torchvision, published: .torchvision("convnext_tiny-983f1562.pth"),
    build: { ConvNeXt(depths: [3, 3, 9, 3], widths: [96, 192, 384, 768]).build(&$0) })
}
