# Draws new_map_portrait.svg, new_map_portrait.pdf and new_map_portrait.png from new_map_portrait.csv: gnuplot new_map_portrait.gp
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
set title 'Phase portrait: new_map, a = 3.9' noenhanced
set xlabel 'x' noenhanced
set ylabel 'y' noenhanced
set tics out nomirror
set border 3
# new_map_portrait.csv: a raster of x -0.01999622125058552 .. 1.0199991476608992 by y -0.01999999997145416 .. 1.0199999999704665, lowest y first; 100 times the root of a
# cell's count over the largest of its column.
unset key
unset colorbox
set palette defined (0 '#FFFFFF', 1 '#A6C8E0', 30 '#0072B2', 100 '#000000')
set cbrange [0:100]
set xrange [-0.01999622125058552:1.0199991476608992]
set yrange [-0.01999999997145416:1.0199999999704665]
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'new_map_portrait.svg'
plot 'new_map_portrait.csv' matrix using (-0.018956225881674036 + $1 * 0.0020799907378229693):(-0.01869999997152676 + $2 * 0.002599999999854802):3 with image
set terminal pdfcairo size 16.0cm,10.0cm font 'Helvetica,10'
set output 'new_map_portrait.pdf'
plot 'new_map_portrait.csv' matrix using (-0.018956225881674036 + $1 * 0.0020799907378229693):(-0.01869999997152676 + $2 * 0.002599999999854802):3 with image
set terminal pngcairo size 2400,1500 fontscale 3 linewidth 3 pointscale 3
set output 'new_map_portrait.png'
plot 'new_map_portrait.csv' matrix using (-0.018956225881674036 + $1 * 0.0020799907378229693):(-0.01869999997152676 + $2 * 0.002599999999854802):3 with image
unset output
