// swift-tools-version: 6.3
import PackageDescription

// What a user's package looks like. The name is needed: a path's identity is else the folder's name.
let package = Package(
  name: "DependentPackage",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-feature-visualization", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "DependentPackage",
      dependencies: [
        "Guides",
        .product(name: "Attribution", package: "swift-feature-visualization"),
        .product(name: "ConvolutionalNetworks", package: "swift-feature-visualization"),
        .product(name: "EmbeddedNetworks", package: "swift-feature-visualization"),
        .product(name: "FeatureGroups", package: "swift-feature-visualization"),
        .product(name: "FeatureVisualization", package: "swift-feature-visualization"),
        .product(
          name: "FeatureVisualizationTestSupport", package: "swift-feature-visualization"),
        .product(name: "Galleries", package: "swift-feature-visualization"),
        .product(name: "NaturalExamples", package: "swift-feature-visualization"),
        .product(name: "NetworkFiles", package: "swift-feature-visualization"),
        .product(name: "NetworkFormats", package: "swift-feature-visualization"),
        .product(name: "PictureFiles", package: "swift-feature-visualization"),
        .product(name: "PictureJudging", package: "swift-feature-visualization"),
        .product(name: "RecipeLanguage", package: "swift-feature-visualization"),
        .product(name: "SilentUnits", package: "swift-feature-visualization"),
      ]),
    // The code of README.md and Docs/Guides.
    .target(
      name: "Guides",
      dependencies: [
        .product(name: "Attribution", package: "swift-feature-visualization"),
        .product(name: "EmbeddedNetworks", package: "swift-feature-visualization"),
        .product(name: "FeatureVisualization", package: "swift-feature-visualization"),
        .product(
          name: "FeatureVisualizationTestSupport", package: "swift-feature-visualization"),
        .product(name: "NetworkFiles", package: "swift-feature-visualization"),
        .product(name: "NetworkFormats", package: "swift-feature-visualization"),
        .product(name: "PictureFiles", package: "swift-feature-visualization"),
      ]),
    .executableTarget(
      name: "FeatureVisualizationAlone",
      dependencies: [
        .product(name: "FeatureVisualization", package: "swift-feature-visualization")
      ]),
  ]
)
