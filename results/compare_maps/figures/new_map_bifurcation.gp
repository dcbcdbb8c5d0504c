# Draws new_map_bifurcation.svg, new_map_bifurcation.pdf and new_map_bifurcation.png from new_map_bifurcation.csv: gnuplot new_map_bifurcation.gp
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
set title 'Bifurcation diagram: new_map' noenhanced
set xlabel 'a' noenhanced
set ylabel 'x' noenhanced
set tics out nomirror
set border 3
# new_map_bifurcation.csv: a raster of x 3.6 .. 4 by y -0.01999268695255663 .. 1.0199928161573943, lowest y first; 100 times the root of a
# cell's count over the largest of its column.
unset key
unset colorbox
set palette defined (0 '#FFFFFF', 1 '#A6C8E0', 30 '#0072B2', 100 '#000000')
set cbrange [0:100]
set xrange [3.6:4]
set yrange [-0.01999268695255663:1.0199928161573943]
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'new_map_bifurcation.svg'
plot 'new_map_bifurcation.csv' matrix using (3.6003333333333334 + $1 * 0.0006666666666666665):(-0.018692705073669193 + $2 * 0.0025999637577748774):3 with image
set terminal pdfcairo size 16.0cm,10.0cm font 'Helvetica,10'
set output 'new_map_bifurcation.pdf'
plot 'new_map_bifurcation.csv' matrix using (3.6003333333333334 + $1 * 0.0006666666666666665):(-0.018692705073669193 + $2 * 0.0025999637577748774):3 with image
set terminal pngcairo size 2400,1500 fontscale 3 linewidth 3 pointscale 3
set output 'new_map_bifurcation.png'
plot 'new_map_bifurcation.csv' matrix using (3.6003333333333334 + $1 * 0.0006666666666666665):(-0.018692705073669193 + $2 * 0.0025999637577748774):3 with image
unset output
