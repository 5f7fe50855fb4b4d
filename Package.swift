// swift-tools-version: 6.3
import PackageDescription

#if os(Linux)
  // gdlib.pc passes on a flag of libavif's that SwiftPM refuses with a warning, and gd.h and libgd lie where
  // compilers look anyway. Homebrew's folder must be asked for.
  let gdPackage: String? = nil
#else
  let gdPackage: String? = "gdlib"
#endif

/// Each is an introduction to the API: a README, a picture and a few lines of Swift.
let examples: [Target] = [
  "FirstPicture", "AppleCounting", "OuzelKerasVis", "FlamingoYosinski", "ConvFilters", "CustomLoss",
].map {
  .executableTarget(
    name: $0,
    dependencies: [
      "EmbeddedNetworks", "FeatureVisualization", "NetworkFiles", "PictureFiles",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ], path: "Examples/\($0)",
    exclude: ["README.md", "picture.jpg"] + ($0 == "AppleCounting" ? ["scene.png"] : []))
}

let package = Package(
  name: "swift-feature-visualization",
  platforms: [.macOS(.v15), .iOS(.v18)],
  products: [
    .library(name: "FeatureVisualization", targets: ["FeatureVisualization"]),
    .library(name: "Attribution", targets: ["Attribution"]),
    .library(name: "ConvolutionalNetworks", targets: ["ConvolutionalNetworks"]),
    .library(name: "FeatureGroups", targets: ["FeatureGroups"]),
    .library(name: "NetworkFiles", targets: ["NetworkFiles"]),
    .library(name: "NetworkFormats", targets: ["NetworkFormats"]),
    .library(name: "KerasNetworkFormat", targets: ["KerasNetworkFormat"]),
    .library(name: "NetworkArchitectures", targets: ["NetworkArchitectures"]),
    .library(name: "PictureFiles", targets: ["PictureFiles"]),
    .library(name: "PictureJudging", targets: ["PictureJudging"]),
    .library(name: "RecipeLanguage", targets: ["RecipeLanguage"]),
    .library(name: "NaturalExamples", targets: ["NaturalExamples"]),
    .library(name: "SilentUnits", targets: ["SilentUnits"]),
    .library(name: "Galleries", targets: ["Galleries"]),
    .library(name: "EmbeddedNetworks", targets: ["EmbeddedNetworks"]),
    .library(
      name: "FeatureVisualizationTestSupport", targets: ["FeatureVisualizationTestSupport"]),
    .executable(name: "featurevis", targets: ["featurevis"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    // MARK: C libraries of the system and our own vectorised C
    .systemLibrary(
      name: "CFVOpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CFVLAPACKE", pkgConfig: "lapacke",
      providers: [.apt(["liblapacke-dev"]), .brew(["lapack"])]),
    .systemLibrary(
      name: "CFVGD", pkgConfig: gdPackage,
      providers: [.apt(["libgd-dev"]), .brew(["gd"])]),
    .systemLibrary(
      name: "CFVHDF5", pkgConfig: "hdf5",
      providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
    .target(
      name: "CFVKernels",
      linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),

    // MARK: The engine and the API
    .target(
      name: "ConvolutionalNetworks",
      dependencies: [
        "CFVKernels",
        .target(name: "CFVOpenBLAS", condition: .when(platforms: [.linux])),
      ], swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    .target(name: "CFVTestData", path: "Tests/CFVTestData"),
    .target(name: "CFVAllocationCounter", path: "Tests/CFVAllocationCounter"),
    .testTarget(
      name: "ConvolutionalNetworksTests",
      dependencies: [
        "ConvolutionalNetworks", "CFVKernels", "FeatureVisualizationTestSupport",
        "CFVAllocationCounter",
      ]),
    .target(
      name: "FeatureVisualization",
      dependencies: [
        "ConvolutionalNetworks", "CFVKernels",
        .target(name: "CFVLAPACKE", condition: .when(platforms: [.linux])),
      ],
      // What a loss looks at is lent to it: the compiler sees to it that nobody keeps it.
      swiftSettings: [.enableExperimentalFeature("Lifetimes")]),

    // MARK: Groups of units, atlases and concepts
    .target(
      name: "FeatureGroups",
      dependencies: [
        "ConvolutionalNetworks", "FeatureVisualization",
        .target(name: "CFVLAPACKE", condition: .when(platforms: [.linux])),
      ]),
    .testTarget(
      name: "FeatureGroupsTests",
      dependencies: [
        "CFVTestData", "ConvolutionalNetworks", "EmbeddedNetworks", "FeatureGroups",
        "FeatureVisualization", "FeatureVisualizationTestSupport", "NetworkFormats", "PictureFiles",
      ],
      exclude: ["make_fixtures.py", "make_photo_groups.py", "make_total_indices.py"],
      resources: [.copy("Fixtures")]),

    // MARK: What in a picture
    .target(
      name: "Attribution",
      dependencies: ["CFVKernels", "ConvolutionalNetworks", "FeatureVisualization"]),
    .testTarget(
      name: "AttributionTests",
      dependencies: [
        "Attribution", "CFVTestData", "ConvolutionalNetworks", "EmbeddedNetworks",
        "FeatureVisualization", "FeatureVisualizationTestSupport", "NetworkFormats",
        "PictureFiles",
      ],
      exclude: ["make_attribution_fixtures.py", "make_propagation_fixtures.py"],
      resources: [.copy("Fixtures"), .copy("PropagationFixtures")]),

    // MARK: Files
    .target(name: "CFVDigests"),
    .target(name: "CFVFiles", dependencies: ["CFVDigests"]),
    .testTarget(name: "CFVFilesTests", dependencies: ["CFVFiles"]),
    .target(
      name: "NetworkFormats",
      dependencies: [
        "CFVFiles", "ConvolutionalNetworks",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["ONNX/Schema/README.md", "ONNX/Schema/onnx-subset.proto"]),
    .testTarget(
      name: "NetworkFormatsTests",
      dependencies: [
        "CFVTestData",
        "CFVFiles", "NetworkFormats", "ConvolutionalNetworks", "FeatureVisualizationTestSupport",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: [
        "Exporters/exported_modules.py", "Exporters/make_exported_modules.py",
        "ONNX/make_microsoft_fixtures.py", "ONNX/make_quantized_fixtures.py",
        "ONNX/make_transformer_fixtures.py",
        "Weights/make_fixtures.py",
      ],
      resources: [
        .copy("Conformance/expected-failures.txt"), .copy("Exporters/ExportedModules"),
        .copy("ONNX/MicrosoftFixtures"), .copy("ONNX/QuantizedFixtures"),
        .copy("ONNX/TransformerFixtures"),
        .copy("Weights/Fixtures"),
      ]),
    .target(
      name: "KerasNetworkFormat",
      dependencies: ["CFVFiles", "CFVHDF5", "ConvolutionalNetworks", "NetworkFormats"]),
    .target(name: "PictureFiles", dependencies: ["ConvolutionalNetworks", "CFVFiles", "CFVGD"]),
    .testTarget(
      name: "PictureFilesTests",
      dependencies: ["PictureFiles", "ConvolutionalNetworks"]),

    // MARK: Networks of others, without their weights
    .target(
      name: "NetworkArchitectures",
      dependencies: ["CFVFiles", "ConvolutionalNetworks", "NetworkFormats"]),
    .testTarget(
      name: "NetworkArchitecturesTests",
      dependencies: [
        "CFVTestData",
        "CFVFiles", "ConvolutionalNetworks", "FeatureVisualizationTestSupport",
        "NetworkArchitectures", "NetworkFormats",
      ], resources: [.copy("Fixtures")]),

    // MARK: Any file of a network
    .target(
      name: "NetworkFiles",
      dependencies: [
        "CFVFiles", "ConvolutionalNetworks", "KerasNetworkFormat", "NetworkArchitectures",
        "NetworkFormats",
      ]),
    .testTarget(
      name: "NetworkFilesTests",
      dependencies: [
        "CFVTestData", "ConvolutionalNetworks", "KerasNetworkFormat", "NetworkArchitectures",
        "NetworkFiles", "NetworkFormats",
      ]),

    // MARK: Objectives and recipes as text
    .target(
      name: "RecipeLanguage",
      dependencies: ["Attribution", "ConvolutionalNetworks", "FeatureVisualization"]),
    .testTarget(
      name: "RecipeLanguageTests",
      dependencies: [
        "ConvolutionalNetworks", "FeatureVisualization", "FeatureVisualizationTestSupport",
        "RecipeLanguage",
      ]),

    // MARK: What units respond to among given pictures
    .target(
      name: "NaturalExamples",
      dependencies: ["CFVFiles", "ConvolutionalNetworks", "FeatureVisualization"]),
    .testTarget(
      name: "NaturalExamplesTests",
      dependencies: [
        "CFVTestData", "ConvolutionalNetworks", "FeatureVisualization",
        "FeatureVisualizationTestSupport", "NaturalExamples", "NetworkFormats", "PictureFiles",
      ]),

    // MARK: Units that a recipe leaves silent
    .target(name: "SilentUnits", dependencies: ["ConvolutionalNetworks", "FeatureVisualization"]),
    .testTarget(
      name: "SilentUnitsTests",
      dependencies: [
        "CFVTestData", "ConvolutionalNetworks", "FeatureVisualization",
        "FeatureVisualizationTestSupport", "KerasNetworkFormat", "NetworkFormats", "SilentUnits",
      ]),

    // MARK: What other networks see in drawn pictures
    .target(
      name: "PictureJudging",
      dependencies: ["ConvolutionalNetworks", "FeatureVisualization", "PictureFiles"]),
    .testTarget(
      name: "PictureJudgingTests",
      dependencies: [
        "ConvolutionalNetworks", "EmbeddedNetworks", "FeatureVisualization",
        "FeatureVisualizationTestSupport", "PictureFiles", "PictureJudging",
      ]),

    // MARK: Every unit of a network
    .target(name: "CFVProcessor"),
    .target(
      name: "Galleries",
      dependencies: [
        "CFVFiles", "CFVProcessor", "ConvolutionalNetworks", "FeatureVisualization",
        "NaturalExamples", "PictureFiles", "RecipeLanguage",
      ],
      resources: [
        "elements.js", "gallery.css", "gallery.js", "index.html", "keys.js", "layer.js",
        "network.js",
        "search.js", "start.js", "unit.js",
      ].map { .embedInCode("Site/Resources/\($0)") }),
    .testTarget(
      name: "GalleriesTests",
      dependencies: [
        "FeatureVisualization", "Galleries", "NetworkArchitectures", "PictureFiles",
        "RecipeLanguage",
      ]),

    // MARK: Networks of our own
    .target(
      name: "EmbeddedNetworks", dependencies: ["ConvolutionalNetworks", "NetworkFormats"],
      resources: [.copy("Resources")]),
    .testTarget(
      name: "EmbeddedNetworksTests",
      dependencies: [
        "CFVTestData", "EmbeddedNetworks", "FeatureVisualization",
        "FeatureVisualizationTestSupport", "NetworkFormats", "PictureFiles",
      ],
      exclude: ["make_transformer_fixtures.py"],
      resources: [.copy("Fixtures")]),

    // MARK: Oracles for tests, ours and our users'
    .target(
      name: "FeatureVisualizationTestSupport",
      dependencies: ["ConvolutionalNetworks", "FeatureVisualization"],
      swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    .testTarget(
      name: "FeatureVisualizationTestSupportTests",
      dependencies: ["FeatureVisualizationTestSupport", "ConvolutionalNetworks"]),
    .testTarget(
      name: "KerasNetworkFormatTests",
      dependencies: [
        "CFVTestData", "ConvolutionalNetworks", "FeatureVisualizationTestSupport",
        "KerasNetworkFormat", "NetworkFormats",
      ],
      exclude: [
        "make_fixtures.py", "make_hostile_fixtures.py", "make_models.py",
        "make_weights_fixtures.py",
      ],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "ReferenceTests",
      dependencies: [
        "CFVTestData",
        "FeatureVisualizationTestSupport", "ConvolutionalNetworks", "FeatureVisualization",
        "KerasNetworkFormat",
        "NetworkArchitectures", "NetworkFiles", "NetworkFormats",
      ], exclude: ["make_inputs.py"], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "FeatureVisualizationTests",
      dependencies: [
        "CFVTestData", "ConvolutionalNetworks", "FeatureVisualization",
        "FeatureVisualizationTestSupport",
        "NetworkFormats",
      ]),

    // MARK: Damaged files
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "CFVFiles", "CFVHDF5", "ConvolutionalNetworks", "FeatureVisualizationTestSupport",
        "KerasNetworkFormat", "NetworkFormats", "PictureFiles",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ]),

    // MARK: The command-line tool
    .executableTarget(
      name: "featurevis",
      dependencies: [
        "Attribution", "CFVFiles", "ConvolutionalNetworks", "EmbeddedNetworks", "FeatureGroups",
        "FeatureVisualization", "Galleries", "NaturalExamples", "NetworkArchitectures",
        "NetworkFiles", "NetworkFormats", "PictureFiles", "PictureJudging", "RecipeLanguage",
        "SilentUnits",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "featurevis", "FirstPicture", "AppleCounting", "OuzelKerasVis", "FlamingoYosinski",
        "ConvFilters", "CustomLoss", "Attribution", "CFVTestData", "ConvolutionalNetworks",
        "FeatureGroups", "FeatureVisualization", "FeatureVisualizationTestSupport",
        "NaturalExamples", "NetworkFormats", "PictureFiles", "PictureJudging",
      ]),

    // MARK: Documentation
    .testTarget(name: "DocumentationTests"),
  ] + examples,
  swiftLanguageModes: [.v6]
)
