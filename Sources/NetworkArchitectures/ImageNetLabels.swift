/// The thousand classes of ILSVRC 2012 in the order of every published network's units, by one or two of their
/// WordNet names (https://wordnet.princeton.edu).
enum ImageNetLabels {
  static let all = text.split(separator: "\n").map(String.init)

  private static let text = """
    tench, Tinca tinca
    goldfish, Carassius auratus
    great white shark, white shark
    tiger shark, Galeocerdo cuvieri
    hammerhead, hammerhead shark
    electric ray, crampfish
    stingray
    cock
    hen
    ostrich, Struthio camelus
    brambling, Fringilla montifringilla
    goldfinch, Carduelis carduelis
    house finch, linnet
    junco, snowbird
    indigo bunting, indigo finch
    robin, American robin
    bulbul
    jay
    magpie
    chickadee
    water ouzel, dipper
    kite
    bald eagle, American eagle
    vulture
    great grey owl, great gray owl
    European fire salamander, Salamandra salamandra
    common newt, Triturus vulgaris
    eft
    spotted salamander, Ambystoma maculatum
    axolotl, mud puppy
    bullfrog, Rana catesbeiana
    tree frog, tree-frog
    tailed frog, bell toad
    loggerhead, loggerhead turtle
    leatherback turtle, leatherback
    mud turtle
    terrapin
    box turtle, box tortoise
    banded gecko
    common iguana, iguana
    American chameleon, anole
    whiptail, whiptail lizard
    agama
    frilled lizard, Chlamydosaurus kingi
    alligator lizard
    Gila monster, Heloderma suspectum
    green lizard, Lacerta viridis
    African chameleon, Chamaeleo chamaeleon
    Komodo dragon, Komodo lizard
    African crocodile, Nile crocodile
    American alligator, Alligator mississipiensis
    triceratops
    thunder snake, worm snake
    ringneck snake, ring-necked snake
    hognose snake, puff adder
    green snake, grass snake
    king snake, kingsnake
    garter snake, grass snake
    water snake
    vine snake
    night snake, Hypsiglena torquata
    boa constrictor, Constrictor constrictor
    rock python, rock snake
    Indian cobra, Naja naja
    green mamba
    sea snake
    horned viper, cerastes
    diamondback, diamondback rattlesnake
    sidewinder, horned rattlesnake
    trilobite
    harvestman, daddy longlegs
    scorpion
    black and gold garden spider, Argiope aurantia
    barn spider, Araneus cavaticus
    garden spider, Aranea diademata
    black widow, Latrodectus mactans
    tarantula
    wolf spider, hunting spider
    tick
    centipede
    black grouse
    ptarmigan
    ruffed grouse, partridge
    prairie chicken, prairie grouse
    peacock
    quail
    partridge
    African grey, African gray
    macaw
    sulphur-crested cockatoo, Kakatoe galerita
    lorikeet
    coucal
    bee eater
    hornbill
    hummingbird
    jacamar
    toucan
    drake
    red-breasted merganser, Mergus serrator
    goose
    black swan, Cygnus atratus
    tusker
    echidna, spiny anteater
    platypus, duckbill
    wallaby, brush kangaroo
    koala, koala bear
    wombat
    jellyfish
    sea anemone, anemone
    brain coral
    flatworm, platyhelminth
    nematode, nematode worm
    conch
    snail
    slug
    sea slug, nudibranch
    chiton, coat-of-mail shell
    chambered nautilus, pearly nautilus
    Dungeness crab, Cancer magister
    rock crab, Cancer irroratus
    fiddler crab
    king crab, Alaska crab
    American lobster, Northern lobster
    spiny lobster, langouste
    crayfish, crawfish
    hermit crab
    isopod
    white stork, Ciconia ciconia
    black stork, Ciconia nigra
    spoonbill
    flamingo
    little blue heron, Egretta caerulea
    American egret, great white heron
    bittern
    crane
    limpkin, Aramus pictus
    European gallinule, Porphyrio porphyrio
    American coot, marsh hen
    bustard
    ruddy turnstone, Arenaria interpres
    red-backed sandpiper, dunlin
    redshank, Tringa totanus
    dowitcher
    oystercatcher, oyster catcher
    pelican
    king penguin, Aptenodytes patagonica
    albatross, mollymawk
    grey whale, gray whale
    killer whale, killer
    dugong, Dugong dugon
    sea lion
    Chihuahua
    Japanese spaniel
    Maltese dog, Maltese terrier
    Pekinese, Pekingese
    Shih-Tzu
    Blenheim spaniel
    papillon
    toy terrier
    Rhodesian ridgeback
    Afghan hound, Afghan
    basset, basset hound
    beagle
    bloodhound, sleuthhound
    bluetick
    black-and-tan coonhound
    Walker hound, Walker foxhound
    English foxhound
    redbone
    borzoi, Russian wolfhound
    Irish wolfhound
    Italian greyhound
    whippet
    Ibizan hound, Ibizan Podenco
    Norwegian elkhound, elkhound
    otterhound, otter hound
    Saluki, gazelle hound
    Scottish deerhound, deerhound
    Weimaraner
    Staffordshire bullterrier, Staffordshire bull terrier
    American Staffordshire terrier, Staffordshire terrier
    Bedlington terrier
    Border terrier
    Kerry blue terrier
    Irish terrier
    Norfolk terrier
    Norwich terrier
    Yorkshire terrier
    wire-haired fox terrier
    Lakeland terrier
    Sealyham terrier, Sealyham
    Airedale, Airedale terrier
    cairn, cairn terrier
    Australian terrier
    Dandie Dinmont, Dandie Dinmont terrier
    Boston bull, Boston terrier
    miniature schnauzer
    giant schnauzer
    standard schnauzer
    Scotch terrier, Scottish terrier
    Tibetan terrier, chrysanthemum dog
    silky terrier, Sydney silky
    soft-coated wheaten terrier
    West Highland white terrier
    Lhasa, Lhasa apso
    flat-coated retriever
    curly-coated retriever
    golden retriever
    Labrador retriever
    Chesapeake Bay retriever
    German short-haired pointer
    vizsla, Hungarian pointer
    English setter
    Irish setter, red setter
    Gordon setter
    Brittany spaniel
    clumber, clumber spaniel
    English springer, English springer spaniel
    Welsh springer spaniel
    cocker spaniel, English cocker spaniel
    Sussex spaniel
    Irish water spaniel
    kuvasz
    schipperke
    groenendael
    malinois
    briard
    kelpie
    komondor
    Old English sheepdog, bobtail
    Shetland sheepdog, Shetland sheep dog
    collie
    Border collie
    Bouvier des Flandres, Bouviers des Flandres
    Rottweiler
    German shepherd, German shepherd dog
    Doberman, Doberman pinscher
    miniature pinscher
    Greater Swiss Mountain dog
    Bernese mountain dog
    Appenzeller
    EntleBucher
    boxer
    bull mastiff
    Tibetan mastiff
    French bulldog
    Great Dane
    Saint Bernard, St Bernard
    Eskimo dog, husky
    malamute, malemute
    Siberian husky
    dalmatian, coach dog
    affenpinscher, monkey pinscher
    basenji
    pug, pug-dog
    Leonberg
    Newfoundland, Newfoundland dog
    Great Pyrenees
    Samoyed, Samoyede
    Pomeranian
    chow, chow chow
    keeshond
    Brabancon griffon
    Pembroke, Pembroke Welsh corgi
    Cardigan, Cardigan Welsh corgi
    toy poodle
    miniature poodle
    standard poodle
    Mexican hairless
    timber wolf, grey wolf
    white wolf, Arctic wolf
    red wolf, maned wolf
    coyote, prairie wolf
    dingo, warrigal
    dhole, Cuon alpinus
    African hunting dog, hyena dog
    hyena, hyaena
    red fox, Vulpes vulpes
    kit fox, Vulpes macrotis
    Arctic fox, white fox
    grey fox, gray fox
    tabby, tabby cat
    tiger cat
    Persian cat
    Siamese cat, Siamese
    Egyptian cat
    cougar, puma
    lynx, catamount
    leopard, Panthera pardus
    snow leopard, ounce
    jaguar, panther
    lion, king of beasts
    tiger, Panthera tigris
    cheetah, chetah
    brown bear, bruin
    American black bear, black bear
    ice bear, polar bear
    sloth bear, Melursus ursinus
    mongoose
    meerkat, mierkat
    tiger beetle
    ladybug, ladybeetle
    ground beetle, carabid beetle
    long-horned beetle, longicorn
    leaf beetle, chrysomelid
    dung beetle
    rhinoceros beetle
    weevil
    fly
    bee
    ant, emmet
    grasshopper, hopper
    cricket
    walking stick, walkingstick
    cockroach, roach
    mantis, mantid
    cicada, cicala
    leafhopper
    lacewing, lacewing fly
    dragonfly, darning needle
    damselfly
    admiral
    ringlet, ringlet butterfly
    monarch, monarch butterfly
    cabbage butterfly
    sulphur butterfly, sulfur butterfly
    lycaenid, lycaenid butterfly
    starfish, sea star
    sea urchin
    sea cucumber, holothurian
    wood rabbit, cottontail
    hare
    Angora, Angora rabbit
    hamster
    porcupine, hedgehog
    fox squirrel, eastern fox squirrel
    marmot
    beaver
    guinea pig, Cavia cobaya
    sorrel
    zebra
    hog, pig
    wild boar, boar
    warthog
    hippopotamus, hippo
    ox
    water buffalo, water ox
    bison
    ram, tup
    bighorn, bighorn sheep
    ibex, Capra ibex
    hartebeest
    impala, Aepyceros melampus
    gazelle
    Arabian camel, dromedary
    llama
    weasel
    mink
    polecat, fitch
    black-footed ferret, ferret
    otter
    skunk, polecat
    badger
    armadillo
    three-toed sloth, ai
    orangutan, orang
    gorilla, Gorilla gorilla
    chimpanzee, chimp
    gibbon, Hylobates lar
    siamang, Hylobates syndactylus
    guenon, guenon monkey
    patas, hussar monkey
    baboon
    macaque
    langur
    colobus, colobus monkey
    proboscis monkey, Nasalis larvatus
    marmoset
    capuchin, ringtail
    howler monkey, howler
    titi, titi monkey
    spider monkey, Ateles geoffroyi
    squirrel monkey, Saimiri sciureus
    Madagascar cat, ring-tailed lemur
    indri, indris
    Indian elephant, Elephas maximus
    African elephant, Loxodonta africana
    lesser panda, red panda
    giant panda, panda
    barracouta, snoek
    eel
    coho, cohoe
    rock beauty, Holocanthus tricolor
    anemone fish
    sturgeon
    gar, garfish
    lionfish
    puffer, pufferfish
    abacus
    abaya
    academic gown, academic robe
    accordion, piano accordion
    acoustic guitar
    aircraft carrier, carrier
    airliner
    airship, dirigible
    altar
    ambulance
    amphibian, amphibious vehicle
    analog clock
    apiary, bee house
    apron
    ashcan, trash can
    assault rifle, assault gun
    backpack, back pack
    bakery, bakeshop
    balance beam, beam
    balloon
    ballpoint, ballpoint pen
    Band Aid
    banjo
    bannister, banister
    barbell
    barber chair
    barbershop
    barn
    barometer
    barrel, cask
    barrow, garden cart
    baseball
    basketball
    bassinet
    bassoon
    bathing cap, swimming cap
    bath towel
    bathtub, bathing tub
    beach wagon, station wagon
    beacon, lighthouse
    beaker
    bearskin, busby
    beer bottle
    beer glass
    bell cote, bell cot
    bib
    bicycle-built-for-two, tandem bicycle
    bikini, two-piece
    binder, ring-binder
    binoculars, field glasses
    birdhouse
    boathouse
    bobsled, bobsleigh
    bolo tie, bolo
    bonnet, poke bonnet
    bookcase
    bookshop, bookstore
    bottlecap
    bow
    bow tie, bow-tie
    brass, memorial tablet
    brassiere, bra
    breakwater, groin
    breastplate, aegis
    broom
    bucket, pail
    buckle
    bulletproof vest
    bullet train, bullet
    butcher shop, meat market
    cab, hack
    caldron, cauldron
    candle, taper
    cannon
    canoe
    can opener, tin opener
    cardigan
    car mirror
    carousel, carrousel
    carpenter's kit, tool kit
    carton
    car wheel
    cash machine, cash dispenser
    cassette
    cassette player
    castle
    catamaran
    CD player
    cello, violoncello
    cellular telephone, cellular phone
    chain
    chainlink fence
    chain mail, ring mail
    chain saw, chainsaw
    chest
    chiffonier, commode
    chime, bell
    china cabinet, china closet
    Christmas stocking
    church, church building
    cinema, movie theater
    cleaver, meat cleaver
    cliff dwelling
    cloak
    clog, geta
    cocktail shaker
    coffee mug
    coffeepot
    coil, spiral
    combination lock
    computer keyboard, keypad
    confectionery, confectionary
    container ship, containership
    convertible
    corkscrew, bottle screw
    cornet, horn
    cowboy boot
    cowboy hat, ten-gallon hat
    cradle
    crane
    crash helmet
    crate
    crib, cot
    Crock Pot
    croquet ball
    crutch
    cuirass
    dam, dike
    desk
    desktop computer
    dial telephone, dial phone
    diaper, nappy
    digital clock
    digital watch
    dining table, board
    dishrag, dishcloth
    dishwasher, dish washer
    disk brake, disc brake
    dock, dockage
    dogsled, dog sled
    dome
    doormat, welcome mat
    drilling platform, offshore rig
    drum, membranophone
    drumstick
    dumbbell
    Dutch oven
    electric fan, blower
    electric guitar
    electric locomotive
    entertainment center
    envelope
    espresso maker
    face powder
    feather boa, boa
    file, file cabinet
    fireboat
    fire engine, fire truck
    fire screen, fireguard
    flagpole, flagstaff
    flute, transverse flute
    folding chair
    football helmet
    forklift
    fountain
    fountain pen
    four-poster
    freight car
    French horn, horn
    frying pan, frypan
    fur coat
    garbage truck, dustcart
    gasmask, respirator
    gas pump, gasoline pump
    goblet
    go-kart
    golf ball
    golfcart, golf cart
    gondola
    gong, tam-tam
    gown
    grand piano, grand
    greenhouse, nursery
    grille, radiator grille
    grocery store, grocery
    guillotine
    hair slide
    hair spray
    half track
    hammer
    hamper
    hand blower, blow dryer
    hand-held computer, hand-held microcomputer
    handkerchief, hankie
    hard disc, hard disk
    harmonica, mouth organ
    harp
    harvester, reaper
    hatchet
    holster
    home theater, home theatre
    honeycomb
    hook, claw
    hoopskirt, crinoline
    horizontal bar, high bar
    horse cart, horse-cart
    hourglass
    iPod
    iron, smoothing iron
    jack-o'-lantern
    jean, blue jean
    jeep, landrover
    jersey, T-shirt
    jigsaw puzzle
    jinrikisha, ricksha
    joystick
    kimono
    knee pad
    knot
    lab coat, laboratory coat
    ladle
    lampshade, lamp shade
    laptop, laptop computer
    lawn mower, mower
    lens cap, lens cover
    letter opener, paper knife
    library
    lifeboat
    lighter, light
    limousine, limo
    liner, ocean liner
    lipstick, lip rouge
    Loafer
    lotion
    loudspeaker, speaker
    loupe, jeweler's loupe
    lumbermill, sawmill
    magnetic compass
    mailbag, postbag
    mailbox, letter box
    maillot
    maillot, tank suit
    manhole cover
    maraca
    marimba, xylophone
    mask
    matchstick
    maypole
    maze, labyrinth
    measuring cup
    medicine chest, medicine cabinet
    megalith, megalithic structure
    microphone, mike
    microwave, microwave oven
    military uniform
    milk can
    minibus
    miniskirt, mini
    minivan
    missile
    mitten
    mixing bowl
    mobile home, manufactured home
    Model T
    modem
    monastery
    monitor
    moped
    mortar
    mortarboard
    mosque
    mosquito net
    motor scooter, scooter
    mountain bike, all-terrain bike
    mountain tent
    mouse, computer mouse
    mousetrap
    moving van
    muzzle
    nail
    neck brace
    necklace
    nipple
    notebook, notebook computer
    obelisk
    oboe, hautboy
    ocarina, sweet potato
    odometer, hodometer
    oil filter
    organ, pipe organ
    oscilloscope, scope
    overskirt
    oxcart
    oxygen mask
    packet
    paddle, boat paddle
    paddlewheel, paddle wheel
    padlock
    paintbrush
    pajama, pyjama
    palace
    panpipe, pandean pipe
    paper towel
    parachute, chute
    parallel bars, bars
    park bench
    parking meter
    passenger car, coach
    patio, terrace
    pay-phone, pay-station
    pedestal, plinth
    pencil box, pencil case
    pencil sharpener
    perfume, essence
    Petri dish
    photocopier
    pick, plectrum
    pickelhaube
    picket fence, paling
    pickup, pickup truck
    pier
    piggy bank, penny bank
    pill bottle
    pillow
    ping-pong ball
    pinwheel
    pirate, pirate ship
    pitcher, ewer
    plane, carpenter's plane
    planetarium
    plastic bag
    plate rack
    plow, plough
    plunger, plumber's helper
    Polaroid camera, Polaroid Land camera
    pole
    police van, police wagon
    poncho
    pool table, billiard table
    pop bottle, soda bottle
    pot, flowerpot
    potter's wheel
    power drill
    prayer rug, prayer mat
    printer
    prison, prison house
    projectile, missile
    projector
    puck, hockey puck
    punching bag, punch bag
    purse
    quill, quill pen
    quilt, comforter
    racer, race car
    racket, racquet
    radiator
    radio, wireless
    radio telescope, radio reflector
    rain barrel
    recreational vehicle, RV
    reel
    reflex camera
    refrigerator, icebox
    remote control, remote
    restaurant, eating house
    revolver, six-gun
    rifle
    rocking chair, rocker
    rotisserie
    rubber eraser, rubber
    rugby ball
    rule, ruler
    running shoe
    safe
    safety pin
    saltshaker, salt shaker
    sandal
    sarong
    sax, saxophone
    scabbard
    scale, weighing machine
    school bus
    schooner
    scoreboard
    screen, CRT screen
    screw
    screwdriver
    seat belt, seatbelt
    sewing machine
    shield, buckler
    shoe shop, shoe-shop
    shoji
    shopping basket
    shopping cart
    shovel
    shower cap
    shower curtain
    ski
    ski mask
    sleeping bag
    slide rule, slipstick
    sliding door
    slot, one-armed bandit
    snorkel
    snowmobile
    snowplow, snowplough
    soap dispenser
    soccer ball
    sock
    solar dish, solar collector
    sombrero
    soup bowl
    space bar
    space heater
    space shuttle
    spatula
    speedboat
    spider web, spider's web
    spindle
    sports car, sport car
    spotlight, spot
    stage
    steam locomotive
    steel arch bridge
    steel drum
    stethoscope
    stole
    stone wall
    stopwatch, stop watch
    stove
    strainer
    streetcar, tram
    stretcher
    studio couch, day bed
    stupa, tope
    submarine, pigboat
    suit, suit of clothes
    sundial
    sunglass
    sunglasses, dark glasses
    sunscreen, sunblock
    suspension bridge
    swab, swob
    sweatshirt
    swimming trunks, bathing trunks
    swing
    switch, electric switch
    syringe
    table lamp
    tank, army tank
    tape player
    teapot
    teddy, teddy bear
    television, television system
    tennis ball
    thatch, thatched roof
    theater curtain, theatre curtain
    thimble
    thresher, thrasher
    throne
    tile roof
    toaster
    tobacco shop, tobacconist shop
    toilet seat
    torch
    totem pole
    tow truck, tow car
    toyshop
    tractor
    trailer truck, tractor trailer
    tray
    trench coat
    tricycle, trike
    trimaran
    tripod
    triumphal arch
    trolleybus, trolley coach
    trombone
    tub, vat
    turnstile
    typewriter keyboard
    umbrella
    unicycle, monocycle
    upright, upright piano
    vacuum, vacuum cleaner
    vase
    vault
    velvet
    vending machine
    vestment
    viaduct
    violin, fiddle
    volleyball
    waffle iron
    wall clock
    wallet, billfold
    wardrobe, closet
    warplane, military plane
    washbasin, handbasin
    washer, automatic washer
    water bottle
    water jug
    water tower
    whiskey jug
    whistle
    wig
    window screen
    window shade
    Windsor tie
    wine bottle
    wing
    wok
    wooden spoon
    wool, woolen
    worm fence, snake fence
    wreck
    yawl
    yurt
    web site, website
    comic book
    crossword puzzle, crossword
    street sign
    traffic light, traffic signal
    book jacket, dust cover
    menu
    plate
    guacamole
    consomme
    hot pot, hotpot
    trifle
    ice cream, icecream
    ice lolly, lolly
    French loaf
    bagel, beigel
    pretzel
    cheeseburger
    hotdog, hot dog
    mashed potato
    head cabbage
    broccoli
    cauliflower
    zucchini, courgette
    spaghetti squash
    acorn squash
    butternut squash
    cucumber, cuke
    artichoke, globe artichoke
    bell pepper
    cardoon
    mushroom
    Granny Smith
    strawberry
    orange
    lemon
    fig
    pineapple, ananas
    banana
    jackfruit, jak
    custard apple
    pomegranate
    hay
    carbonara
    chocolate sauce, chocolate syrup
    dough
    meat loaf, meatloaf
    pizza, pizza pie
    potpie
    burrito
    red wine
    espresso
    cup
    eggnog
    alp
    bubble
    cliff, drop
    coral reef
    geyser
    lakeside, lakeshore
    promontory, headland
    sandbar, sand bar
    seashore, coast
    valley, vale
    volcano
    ballplayer, baseball player
    groom, bridegroom
    scuba diver
    rapeseed
    daisy
    yellow lady's slipper, yellow lady-slipper
    corn
    acorn
    hip, rose hip
    buckeye, horse chestnut
    coral fungus
    agaric
    gyromitra
    stinkhorn, carrion fungus
    earthstar
    hen-of-the-woods, hen of the woods
    bolete
    ear, spike
    toilet tissue, toilet paper
    """
}
