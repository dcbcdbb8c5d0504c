# Draws salt_pepper_ssim_by_net.svg, salt_pepper_ssim_by_net.pdf and salt_pepper_ssim_by_net.png from salt_pepper_ssim_by_net.csv: gnuplot salt_pepper_ssim_by_net.gp
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
set title 'Salt and pepper on the ciphertext, by network (cipher paper) (bands: 95 % interval of the mean over seeds)' noenhanced
set xlabel 'density (share of bytes)' noenhanced
set ylabel 'SSIM' noenhanced
set tics out nomirror
set border 3
set grid linetype 1 dashtype 1 linewidth 0.5 linecolor rgb '#D0D0D0'
set key outside right center Left reverse noenhanced
set linetype 1 linecolor rgb '#0072B2' dashtype 1 pointtype 7 pointsize 0.8 linewidth 1.5
set linetype 2 linecolor rgb '#D55E00' dashtype 2 pointtype 5 pointsize 0.8 linewidth 1.5
set linetype 3 linecolor rgb '#009E73' dashtype 3 pointtype 9 pointsize 0.8 linewidth 1.5
set linetype 4 linecolor rgb '#CC79A7' dashtype 4 pointtype 13 pointsize 0.8 linewidth 1.5
set linetype 5 linecolor rgb '#000000' dashtype 5 pointtype 6 pointsize 0.8 linewidth 1.5
set linetype 6 linecolor rgb '#E69F00' dashtype 1 pointtype 4 pointsize 0.8 linewidth 1.5
set linetype 7 linecolor rgb '#56B4E9' dashtype 2 pointtype 8 pointsize 0.8 linewidth 1.5
set linetype 8 linecolor rgb '#F0E442' dashtype 3 pointtype 12 pointsize 0.8 linewidth 1.5
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'salt_pepper_ssim_by_net.svg'
plot \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::0::4 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::5::9 using 2:4:5 with filledcurves linecolor rgb '#D55E00' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::10::14 using 2:4:5 with filledcurves linecolor rgb '#009E73' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::15::19 using 2:4:5 with filledcurves linecolor rgb '#CC79A7' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::20::24 using 2:4:5 with filledcurves linecolor rgb '#000000' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::25::29 using 2:4:5 with filledcurves linecolor rgb '#E69F00' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::30::34 using 2:4:5 with filledcurves linecolor rgb '#56B4E9' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::35::39 using 2:4:5 with filledcurves linecolor rgb '#F0E442' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::0::4 using 2:3 with linespoints linetype 1 title 'PCA + LMMSE', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::5::9 using 2:3 with linespoints linetype 2 title 'ReconNet', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::10::14 using 2:3 with linespoints linetype 3 title 'DR2-Net', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::15::19 using 2:3 with linespoints linetype 4 title 'MSRNet', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::20::24 using 2:3 with linespoints linetype 5 title 'FCLBCNN', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::25::29 using 2:3 with linespoints linetype 6 title 'FCLBCNN, noise 0.10', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::30::34 using 2:3 with linespoints linetype 7 title 'KLT-Net small', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::35::39 using 2:3 with linespoints linetype 8 title 'KLT-Net small, noise 0.10'
set terminal pdfcairo size 16.0cm,10.0cm font 'Helvetica,10'
set output 'salt_pepper_ssim_by_net.pdf'
plot \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::0::4 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::5::9 using 2:4:5 with filledcurves linecolor rgb '#D55E00' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::10::14 using 2:4:5 with filledcurves linecolor rgb '#009E73' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::15::19 using 2:4:5 with filledcurves linecolor rgb '#CC79A7' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::20::24 using 2:4:5 with filledcurves linecolor rgb '#000000' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::25::29 using 2:4:5 with filledcurves linecolor rgb '#E69F00' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::30::34 using 2:4:5 with filledcurves linecolor rgb '#56B4E9' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::35::39 using 2:4:5 with filledcurves linecolor rgb '#F0E442' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::0::4 using 2:3 with linespoints linetype 1 title 'PCA + LMMSE', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::5::9 using 2:3 with linespoints linetype 2 title 'ReconNet', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::10::14 using 2:3 with linespoints linetype 3 title 'DR2-Net', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::15::19 using 2:3 with linespoints linetype 4 title 'MSRNet', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::20::24 using 2:3 with linespoints linetype 5 title 'FCLBCNN', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::25::29 using 2:3 with linespoints linetype 6 title 'FCLBCNN, noise 0.10', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::30::34 using 2:3 with linespoints linetype 7 title 'KLT-Net small', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::35::39 using 2:3 with linespoints linetype 8 title 'KLT-Net small, noise 0.10'
set terminal pngcairo size 2400,1500 fontscale 3 linewidth 3 pointscale 3
set output 'salt_pepper_ssim_by_net.png'
plot \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::0::4 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::5::9 using 2:4:5 with filledcurves linecolor rgb '#D55E00' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::10::14 using 2:4:5 with filledcurves linecolor rgb '#009E73' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::15::19 using 2:4:5 with filledcurves linecolor rgb '#CC79A7' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::20::24 using 2:4:5 with filledcurves linecolor rgb '#000000' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::25::29 using 2:4:5 with filledcurves linecolor rgb '#E69F00' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::30::34 using 2:4:5 with filledcurves linecolor rgb '#56B4E9' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::35::39 using 2:4:5 with filledcurves linecolor rgb '#F0E442' fillstyle transparent solid 0.15 noborder notitle, \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::0::4 using 2:3 with linespoints linetype 1 title 'PCA + LMMSE', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::5::9 using 2:3 with linespoints linetype 2 title 'ReconNet', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::10::14 using 2:3 with linespoints linetype 3 title 'DR2-Net', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::15::19 using 2:3 with linespoints linetype 4 title 'MSRNet', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::20::24 using 2:3 with linespoints linetype 5 title 'FCLBCNN', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::25::29 using 2:3 with linespoints linetype 6 title 'FCLBCNN, noise 0.10', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::30::34 using 2:3 with linespoints linetype 7 title 'KLT-Net small', \
  'salt_pepper_ssim_by_net.csv' skip 1 every ::35::39 using 2:3 with linespoints linetype 8 title 'KLT-Net small, noise 0.10'
unset output
